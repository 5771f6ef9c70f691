/** Rotates secrets like Secrets Manager: four steps of the rotation function for one new version. */
import { randomUUID } from 'node:crypto';
import type { Secret, SecretStore } from '../aws/secret-store.ts';
import { ServiceError } from '../aws/service-error.ts';
import type { RotationPlan } from '../template/plan-secrets.ts';

const rotationSteps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/** The inputs of rotations. */
export interface RotationParts {
  store: SecretStore;
  rotations: RotationPlan[];
  /** Invokes a function for the rotation of a secret. */
  invokeFor: (secretArn: string) => (functionName: string, event: unknown) => Promise<unknown>;
}

/** The rotations of a local run. */
export class Rotation {
  readonly #parts: RotationParts;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(parts: RotationParts) {
    this.#parts = parts;
  }

  /** The plan that rotates a secret, if one does. */
  planFor(secret: Secret): RotationPlan | undefined {
    return this.#parts.rotations.find((one) => one.secretArn === secret.arn);
  }

  /** Performs a complete rotation of a secret, by name or ARN; an incomplete rotation is resumed with its own version. */
  async rotate(secretId: string): Promise<void> {
    await this.begin(this.#parts.store.find(secretId)).done;
  }

  /** Starts a rotation and returns the id of its version. */
  begin(secret: Secret): { versionId: string; done: Promise<void> } {
    const plan = this.planFor(secret);
    if (!plan) throw new ServiceError('InvalidRequestException', `secret ${secret.name} has no rotation`);
    const known = this.#underWay.get(secret.arn);
    const versionId = this.#pending(secret);
    if (known) return { versionId, done: known };
    const done = this.#run(secret, plan, versionId).finally(() => this.#underWay.delete(secret.arn));
    this.#underWay.set(secret.arn, done);
    return { versionId, done };
  }

  /** Rotates the secrets that a deployment would rotate at once, and those that have not been rotated yet; returns the failures. */
  async rotateDue(): Promise<{ secret: string; error: unknown }[]> {
    const failed: { secret: string; error: unknown }[] = [];
    for (const plan of this.#parts.rotations.filter((one) => one.immediately)) {
      const secret = this.#parts.store.find(plan.secretArn);
      if (secret.rotatedAt !== undefined) continue;
      await this.begin(secret).done.catch((error: unknown) => failed.push({ secret: secret.name, error }));
    }
    return failed;
  }

  #pending(secret: Secret): string {
    const pending = secret.versions.find((one) => one.stages.includes('AWSPENDING'));
    if (pending && !pending.stages.includes('AWSCURRENT')) return pending.id;
    return this.#parts.store.announce(secret, randomUUID(), 'AWSPENDING').id;
  }

  async #run(secret: Secret, plan: RotationPlan, token: string): Promise<void> {
    for (const Step of rotationSteps) {
      await this.#parts.invokeFor(secret.arn)(plan.functionName, {
        Step,
        SecretId: secret.arn,
        ClientRequestToken: token,
      });
    }
    const current = secret.versions.find((one) => one.stages.includes('AWSCURRENT'));
    if (current?.id !== token)
      throw new Error(`rotation of ${secret.name} ended without making version ${token} current`);
    this.#parts.store.rotated(secret);
  }
}

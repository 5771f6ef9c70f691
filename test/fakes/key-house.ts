/** A secret with versions and stages as Secrets Manager keeps them, and the site that serves the JWKS. */
import type { Jwks, KeyRing } from '../../lib/signing/key-ring.ts';
import { type RotationPorts, type RotationStep, rotate } from '../../lib/signing/rotation.ts';
import type { JwksSite, RingSecret } from '../../lib/signing/rotation-ports.ts';
import { RecordingLog } from './recorders.ts';
import { VirtualClock } from './virtual-clock.ts';

export const rotationSteps: RotationStep[] = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

export class KeyHouse {
  readonly versions = new Map<string, { text: string | undefined; stages: string[] }>();
  readonly log = new RecordingLog();
  readonly clock = new VirtualClock();
  readonly now = () => this.clock.now();
  readonly publicMs: number;
  published: Jwks | undefined;
  publishedAt: Date | undefined;

  constructor(publicMs = 0) {
    this.publicMs = publicMs;
    this.versions.set('v0', { text: '{}', stages: ['AWSCURRENT'] });
  }

  /** What Secrets Manager does before the first step. */
  begin(version: string): void {
    this.versions.set(version, { text: undefined, stages: ['AWSPENDING'] });
  }

  readonly secret: RingSecret = {
    read: async (stage, version) => {
      const found = [...this.versions].find(
        ([id, { stages }]) => stages.includes(stage) && (!version || id === version),
      );
      const text = found?.[1].text;
      return found === undefined || text === undefined ? undefined : { version: found[0], text };
    },
    stagesOf: async (version) => {
      const stages = this.versions.get(version)?.stages;
      return stages?.length === 0 ? undefined : stages;
    },
    stagePending: async (version, text) => {
      this.#take('AWSPENDING');
      this.versions.set(version, { text, stages: ['AWSPENDING'] });
    },
    abandon: async (version) => {
      const entry = this.versions.get(version);
      if (entry) entry.stages = entry.stages.filter((stage) => stage !== 'AWSPENDING');
    },
    promote: async (version, from) => {
      const [current] = [...this.versions].find(([, { stages }]) => stages.includes('AWSCURRENT')) ?? [];
      if (current !== from) throw new Error('AWSCURRENT is not where it was');
      this.#take('AWSCURRENT');
      this.versions.get(version)?.stages.push('AWSCURRENT');
    },
  };

  readonly site: JwksSite = {
    publish: async (jwks) => {
      this.published = jwks;
      this.publishedAt = this.now();
    },
    fetch: async () => ({ jwks: this.published, ...(this.publishedAt && { since: this.publishedAt }) }),
  };

  run(step: RotationStep, version: string, ports: Partial<RotationPorts> = {}): Promise<void> {
    return rotate(step, version, { ...this.ports(), ...ports });
  }

  ports(): RotationPorts {
    const { secret, site, log, now, publicMs } = this;
    return { secret, site, log, now, publicMs, pause: async () => undefined };
  }

  async ring(): Promise<KeyRing> {
    return JSON.parse((await this.secret.read('AWSCURRENT'))?.text ?? '') as KeyRing;
  }

  async rotated(version: string): Promise<KeyRing> {
    this.begin(version);
    for (const step of rotationSteps) await this.run(step, version);
    return this.ring();
  }

  #take(stage: string): void {
    for (const entry of this.versions.values()) entry.stages = entry.stages.filter((each) => each !== stage);
  }
}

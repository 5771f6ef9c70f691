/** Secrets with their versions and staging labels, according to the rules of Secrets Manager, in a file that only its owner can read. */
import { randomUUID } from 'node:crypto';
import { damaged, readJsonFile, writeFileWhole } from '@issue-on-behalf/files';
import { ServiceError } from './service-error.ts';

/** One version; a version without a value has been announced by a rotation but not yet created. */
export interface SecretVersion {
  id: string;
  value?: string;
  binary?: string;
  stages: string[];
  createdAt: number;
}

/** One secret with all its versions; times in milliseconds. */
export interface Secret {
  name: string;
  arn: string;
  versions: SecretVersion[];
  createdAt: number;
  changedAt: number;
  rotatedAt?: number;
}

/** A value to store: a string or base64. */
export interface SecretContent {
  value?: string;
  binary?: string;
}

const same = (version: SecretVersion, content: SecretContent): boolean =>
  version.value === content.value && version.binary === content.binary;

/** All secrets of a local run. */
export class SecretStore {
  readonly #file: string;
  readonly #secrets: Secret[];

  constructor(file: string) {
    this.#file = file;
    const kept = readJsonFile(file) ?? [];
    if (!Array.isArray(kept)) throw damaged(file);
    this.#secrets = kept as Secret[];
  }

  /** Creates a secret without versions, unless it exists. */
  ensure(name: string, arn: string): Secret {
    const known = this.#secrets.find((one) => one.name === name);
    if (known) return known;
    const made: Secret = { name, arn, versions: [], createdAt: Date.now(), changedAt: Date.now() };
    this.#secrets.push(made);
    this.#save();
    return made;
  }

  /** The ARN of a secret by the same ids as `find`; undefined if there is no such secret. */
  arnOf(id: string): string | undefined {
    return this.#secrets.find((one) => one.name === id || one.arn === id || one.arn.slice(0, -7) === id)?.arn;
  }

  /** Finds a secret by name, ARN, or ARN without its random end. */
  find(id: string): Secret {
    const arn = this.arnOf(id);
    const found = arn === undefined ? undefined : this.#secrets.find((one) => one.arn === arn);
    if (!found) throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return found;
  }

  /** The version with the given id and label; the current one if neither is given. */
  version(secret: Secret, id: string | undefined, stage: string | undefined): SecretVersion {
    const wanted = stage ?? (id === undefined ? 'AWSCURRENT' : undefined);
    const found = secret.versions.find(
      (one) => (id === undefined || one.id === id) && (wanted === undefined || one.stages.includes(wanted)),
    );
    if (found && (found.value !== undefined || found.binary !== undefined)) return found;
    const what = wanted === undefined ? `VersionId: ${id}` : `staging label: ${wanted}`;
    throw new ServiceError(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for ${what}`,
    );
  }

  /** Stores a version; repeating a token with the same content changes nothing, with other content it is refused. */
  put(secret: Secret, content: SecretContent, token: string = randomUUID(), stages = ['AWSCURRENT']): SecretVersion {
    const known = secret.versions.find((one) => one.id === token);
    const filled = known && (known.value !== undefined || known.binary !== undefined);
    if (known && filled && !same(known, content)) {
      throw new ServiceError(
        'ResourceExistsException',
        `A resource with the ID you requested already exists: version ${token} has another value.`,
      );
    }
    if (known && filled) return known;
    const version = known ?? this.announce(secret, token);
    Object.assign(version, content);
    for (const stage of stages) this.#attach(secret, stage, version);
    this.#touch(secret);
    return version;
  }

  /** Adds a version that has no value yet, as a rotation does before its first step. */
  announce(secret: Secret, token: string, stage?: string): SecretVersion {
    const version: SecretVersion = { id: token, stages: [], createdAt: Date.now() };
    secret.versions.push(version);
    if (stage) this.#attach(secret, stage, version);
    this.#touch(secret);
    return version;
  }

  /** Moves, adds or removes a staging label. */
  moveStage(secret: Secret, stage: string, from: string | undefined, to: string | undefined): void {
    const holder = secret.versions.find((one) => one.stages.includes(stage));
    const target = secret.versions.find((one) => one.id === to);
    const refuse = (message: string): ServiceError => new ServiceError('InvalidParameterException', message);
    if (to !== undefined && !target) {
      throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret version.");
    }
    if (from !== undefined && holder?.id !== from) {
      throw refuse(`The staging label ${stage} isn't attached to version ${from}.`);
    }
    if (holder && holder.id !== to && from === undefined) {
      throw refuse(`The staging label ${stage} is currently attached to version ${holder.id}, name it to remove it.`);
    }
    if (stage === 'AWSCURRENT' && !target) throw refuse('You can only move staging label AWSCURRENT, not remove it.');
    if (target) this.#attach(secret, stage, target);
    else if (holder) holder.stages = holder.stages.filter((one) => one !== stage);
    this.#touch(secret);
  }

  /** Records that a rotation has succeeded. */
  rotated(secret: Secret): void {
    secret.rotatedAt = Date.now();
    this.#touch(secret);
  }

  /** A label is on at most one version; the version that loses AWSCURRENT becomes AWSPREVIOUS. */
  #attach(secret: Secret, stage: string, version: SecretVersion): void {
    if (version.stages.includes(stage)) return;
    const holder = secret.versions.find((one) => one.stages.includes(stage));
    if (holder) holder.stages = holder.stages.filter((one) => one !== stage);
    version.stages.push(stage);
    if (stage === 'AWSCURRENT' && holder) this.#attach(secret, 'AWSPREVIOUS', holder);
  }

  #touch(secret: Secret): void {
    secret.changedAt = Date.now();
    this.#save();
  }

  #save(): void {
    writeFileWhole(this.#file, JSON.stringify(this.#secrets, undefined, 1));
  }
}

/** Secrets Manager's operations on the store of secrets. */
import { asArray, asText, type JsonObject } from '../template/json.ts';
import type { Secret, SecretContent, SecretStore, SecretVersion } from './secret-store.ts';
import { ServiceError } from './service-error.ts';

/** Starts the rotation of a secret and returns the id of the new version. */
export type Rotate = (secret: Secret) => Promise<string>;

/** One operation of an embedded service: request in, answer out. */
export type Operation = (input: JsonObject) => JsonObject | Promise<JsonObject>;

const seconds = (milliseconds: number): number => milliseconds / 1000;

function content(input: JsonObject): SecretContent {
  const value = asText(input['SecretString']);
  const binary = asText(input['SecretBinary']);
  if ((value === undefined) === (binary === undefined)) {
    throw new ServiceError('InvalidParameterException', 'You must provide either SecretString or SecretBinary.');
  }
  return value === undefined ? { binary: binary ?? '' } : { value };
}

function answerVersion(secret: Secret, version: SecretVersion): JsonObject {
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: version.stages };
}

function describe(secret: Secret, rotationArn: string | undefined): JsonObject {
  const labelled = secret.versions.filter((one) => one.stages.length > 0);
  return {
    ARN: secret.arn,
    Name: secret.name,
    CreatedDate: seconds(secret.createdAt),
    LastChangedDate: seconds(secret.changedAt),
    ...(secret.rotatedAt === undefined ? {} : { LastRotatedDate: seconds(secret.rotatedAt) }),
    RotationEnabled: rotationArn !== undefined,
    ...(rotationArn === undefined ? {} : { RotationLambdaARN: rotationArn }),
    VersionIdsToStages: Object.fromEntries(labelled.map((one) => [one.id, one.stages])),
  };
}

function listVersions(secret: Secret, input: JsonObject): JsonObject {
  const all = input['IncludeDeprecated'] === true;
  const versions = secret.versions.filter((one) => all || one.stages.length > 0);
  return {
    ARN: secret.arn,
    Name: secret.name,
    Versions: versions.map((one) => ({
      VersionId: one.id,
      VersionStages: one.stages,
      CreatedDate: seconds(one.createdAt),
    })),
  };
}

/** The operations by name; `rotationArn` finds the function that rotates a secret, if one does. */
export function secretsApi(
  store: SecretStore,
  rotate: Rotate,
  rotationArn: (secret: Secret) => string | undefined,
): Record<string, Operation> {
  const secret = (input: JsonObject): Secret => store.find(asText(input['SecretId']) ?? '');
  return {
    GetSecretValue: (input) => {
      const found = secret(input);
      const version = store.version(found, asText(input['VersionId']), asText(input['VersionStage']));
      return {
        ...answerVersion(found, version),
        CreatedDate: seconds(version.createdAt),
        ...(version.value === undefined ? { SecretBinary: version.binary } : { SecretString: version.value }),
      };
    },
    PutSecretValue: (input) => {
      const found = secret(input);
      const stages = asArray(input['VersionStages']).map(String);
      const token = asText(input['ClientRequestToken']);
      return answerVersion(found, store.put(found, content(input), token, stages.length > 0 ? stages : undefined));
    },
    DescribeSecret: (input) => describe(secret(input), rotationArn(secret(input))),
    UpdateSecretVersionStage: (input) => {
      const found = secret(input);
      const stage = asText(input['VersionStage']) ?? '';
      store.moveStage(found, stage, asText(input['RemoveFromVersionId']), asText(input['MoveToVersionId']));
      return { ARN: found.arn, Name: found.name };
    },
    ListSecretVersionIds: (input) => listVersions(secret(input), input),
    RotateSecret: async (input) => {
      const found = secret(input);
      return { ARN: found.arn, Name: found.name, VersionId: await rotate(found) };
    },
  };
}

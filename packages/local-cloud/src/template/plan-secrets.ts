/** Reads secrets, the rules for their first value, and their rotation. */
import { functionName } from './function-name.ts';
import { asText, type JsonObject } from './json.ts';
import type { Reading } from './reading.ts';

/** One secret: either a given first value or the rules to generate one. */
export interface SecretPlan {
  name: string;
  arn: string;
  value: string | undefined;
  generate: JsonObject | undefined;
}

/** The rotation of a secret by a function. */
export interface RotationPlan {
  secretArn: string;
  functionName: string;
  immediately: boolean;
}

const generateOptions = [
  'ExcludeCharacters',
  'ExcludeLowercase',
  'ExcludeNumbers',
  'ExcludePunctuation',
  'ExcludeUppercase',
  'GenerateStringKey',
  'IncludeSpace',
  'PasswordLength',
  'RequireEachIncludedType',
  'SecretStringTemplate',
];

/** Reads a secret; a secret without a value stays empty until a value is stored, as in AWS. */
export function readSecret(reading: Reading): SecretPlan {
  const has = reading.properties['GenerateSecretString'] !== undefined;
  const generate = reading.object('GenerateSecretString');
  reading.only(generate, generateOptions, 'GenerateSecretString.');
  return {
    name: reading.name,
    arn: reading.identity.ref,
    value: asText(reading.properties['SecretString']),
    generate: has ? generate : undefined,
  };
}

/** Reads a rotation by one of the assembly's own functions. */
export function readRotation(reading: Reading): RotationPlan {
  return {
    secretArn: reading.text('SecretId'),
    functionName: functionName(reading.text('RotationLambdaARN')),
    immediately: reading.properties['RotateImmediatelyOnUpdate'] !== false,
  };
}

/** Policies, as roles and resources have them. */
import { asObject, asText, type JsonObject } from './json.ts';

/** A policy as IAM stores it, with every intrinsic function resolved. */
export interface PolicyDocument {
  Version: string;
  Statement: JsonObject[];
}

/** A policy and its name, which errors mention. */
export interface NamedPolicy {
  name: string;
  policy: PolicyDocument;
}

/** A policy of IAM's older version is evaluated like one of the current version, except for variables. */
export function policyDocument(value: unknown): PolicyDocument {
  const document = asObject(value);
  const statements = Array.isArray(document['Statement']) ? document['Statement'] : [document['Statement']];
  return { Version: asText(document['Version']) ?? '2008-10-17', Statement: statements.map(asObject) };
}

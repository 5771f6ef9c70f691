/** Who calls an AWS service: a function or another part under its role, a service of AWS, a person, or nobody. */

/** The session of a role carries the name of the part that acts under it. */
export type Caller =
  | { kind: 'role'; roleArn: string; session: string }
  | { kind: 'service'; name: string }
  | { kind: 'user'; keyId: string }
  | { kind: 'anonymous' };

const functionKey = 'lambda.';

/** The access key id in the environment of a function, by which the embedded services recognize it. */
export function keyIdOf(functionName: string): string {
  return `${functionKey}${functionName}`;
}

/** The function with this access key id, if it is one. */
export function functionWithKey(keyId: string): string | undefined {
  return keyId.startsWith(functionKey) ? keyId.slice(functionKey.length) : undefined;
}

/** The access key id in the `authorization` header of Signature Version 4, or in a presigned address. */
export function keyIdIn(authorization: string | undefined, address = ''): string | undefined {
  const signed = /Credential=([^/,\s]+)\//.exec(authorization ?? '');
  return signed?.[1] ?? /[?&]X-Amz-Credential=([^&]+?)(%2F|\/)/.exec(address)?.[1];
}

/** The principal as IAM names it; undefined for a call that is not signed. */
export function principalOf(caller: Caller, account: string): string | undefined {
  if (caller.kind === 'anonymous') return undefined;
  if (caller.kind === 'service') return caller.name;
  if (caller.kind === 'user') return `arn:aws:iam::${account}:user/${caller.keyId}`;
  const role = caller.roleArn.split('/').at(-1) ?? '';
  // A session's name has at most 64 characters.
  return `arn:aws:sts::${account}:assumed-role/${role}/${caller.session.slice(0, 64)}`;
}

/** The values that the local system adds to the template's secrets, in addition to an operator's values. */

import type { Cloud } from '@issue-on-behalf/local-cloud';
import type { OutputName } from '../cdk/names.ts';
import { type ApiTokens, apiTokens } from '../lib/sources/api-tokens.ts';

/** Registers these tokens at the API; registered tokens stay unchanged. */
export function addTokens(cloud: Cloud, entries: ApiTokens['tokens']): void {
  const { tokens } = apiTokens.parse(readSecret(cloud, 'ApiTokensSecretArn') ?? { tokens: [] });
  const fresh = entries.filter(({ sha256 }) => !tokens.some((known) => known.sha256 === sha256));
  if (fresh.length > 0) writeSecret(cloud, 'ApiTokensSecretArn', { tokens: [...tokens, ...fresh] });
}

/** Adds these signing secrets, by source, to the existing secrets. */
export function addSourceSecrets(cloud: Cloud, secrets: Readonly<Record<string, string>>): void {
  const kept = (readSecret(cloud, 'SourceSecretsSecretArn') ?? {}) as Record<string, string[]>;
  const fresh = Object.entries(secrets).filter(([source, secret]) => !kept[source]?.includes(secret));
  for (const [source, secret] of fresh) kept[source] = [...(kept[source] ?? []), secret];
  if (fresh.length > 0) writeSecret(cloud, 'SourceSecretsSecretArn', kept);
}

function readSecret(cloud: Cloud, output: OutputName): unknown {
  const text = cloud.secrets.get(secretId(cloud, output));
  return text === undefined ? undefined : JSON.parse(text);
}

function writeSecret(cloud: Cloud, output: OutputName, value: unknown): void {
  cloud.secrets.put(secretId(cloud, output), JSON.stringify(value));
}

function secretId(cloud: Cloud, output: OutputName): string {
  const id = cloud.outputs[output];
  if (id === undefined) throw new Error(`The stacks have no output ${output}`);
  return id;
}

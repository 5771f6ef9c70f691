/** Creates an API token and the command that registers its hash. */
import { stackNames } from '../../cdk/names.ts';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { type ApiTokens, apiTokens, newToken, type Scope } from '../../lib/sources/api-tokens.ts';
import { UsageError } from '../command-line/usage-error.ts';

export interface TokenRequest {
  source: string;
  scopes: readonly Scope[];
  environment: string;
}

export interface MadeToken {
  /** The token itself, which is not stored anywhere. */
  token: string;
  /** Its entry in the secret of tokens. */
  entry: ApiTokens['tokens'][number];
  region: string;
}

/** Throws UsageError or ConfigurationError if the source or the environment is not valid. */
export function makeToken({ source, scopes, environment }: TokenRequest): MadeToken {
  const { region } = loadEnvironment(environment);
  const { token, entry } = newToken(source, scopes);
  if (apiTokens.safeParse({ tokens: [entry] }).success) return { token, entry, region };
  throw new UsageError('--source takes lower-case letters, digits and dashes, at most 40, beginning with a letter');
}

/** The output: the token, which is shown only this time, and the command that registers its hash. */
export function describeToken({ token, entry, region }: MadeToken, { source, environment }: TokenRequest): string {
  return `Token of the source "${source}" for the environment "${environment}". It is shown only now; hand it over safely:

${token}

Only its hash is kept. Add this entry to the tokens of the secret:

${JSON.stringify(entry)}

With the AWS CLI and jq:

${registration(entry, stackNames(environment).stateful, region)}

A new token works within seconds. To revoke one, take its entry out: it stops working within a minute.`;
}

function registration(entry: MadeToken['entry'], stack: string, region: string): string {
  return `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}
SECRET=$(aws cloudformation describe-stacks --stack-name ${stack} \\
  --query "Stacks[0].Outputs[?OutputKey=='ApiTokensSecretArn'].OutputValue" --output text)
aws secretsmanager get-secret-value --secret-id "$SECRET" --query SecretString --output text \\
  | jq -c '.tokens += [${JSON.stringify(entry)}]' \\
  | aws secretsmanager put-secret-value --secret-id "$SECRET" --secret-string file:///dev/stdin`;
}

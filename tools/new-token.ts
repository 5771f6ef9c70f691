/** Makes an API token for a source and says how to register it; `npm run new-token -- --source crm`. */
import { parseArgs } from 'node:util';
import { partName } from '../cdk/names.ts';
import { ConfigurationError, loadEnvironment } from '../lib/config/load-environment.ts';
import { type ApiTokens, apiTokens, newToken, type Scope, scopes } from '../lib/sources/api-tokens.ts';

/** What the command line asks for is not possible; the message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm run new-token -- --source NAME [--scopes LIST] [--environment NAME]
  --source       who will use the token: lower-case letters, digits and dashes, at most 40
  --scopes       what it may be used for: issue, read, operate, with commas between (issue,read)
  --environment  a file of config/, without .json (dev)
  --help         this text`;

interface Options {
  source: string;
  scopes: readonly Scope[];
  environment: string;
}

/** Undefined when only help is wanted. Throws UsageError. */
export function readOptions(args: string[]): Options | undefined {
  const { source, environment, help, scopes: list } = parse(args);
  if (help) return undefined;
  if (source === undefined) throw new UsageError('--source is missing');
  return { source, environment, scopes: readScopes(list) };
}

function readScopes(list: string): Scope[] {
  const wanted = list.split(',');
  if (!wanted.every((scope): scope is Scope => (scopes as readonly string[]).includes(scope))) {
    throw new UsageError(`--scopes takes ${scopes.join(', ')}`);
  }
  return wanted;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        source: { type: 'string' },
        scopes: { type: 'string', default: 'issue,read' },
        environment: { type: 'string', default: 'dev' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unknown option');
  }
}

/** What is printed: the token, the only time it is seen, and the command that registers its hash. Throws UsageError. */
export function describeNewToken({ source, environment, scopes: allowed }: Options): string {
  const { region } = loadEnvironment(environment);
  const { token, entry } = newToken(source, allowed);
  if (!apiTokens.safeParse({ tokens: [entry] }).success) {
    throw new UsageError('--source takes lower-case letters, digits and dashes, at most 40, beginning with a letter');
  }
  return `Token of the source "${source}" for the environment "${environment}". It is shown only now; hand it over safely:

${token}

Only its hash is kept. Add this entry to the tokens of the secret:

${JSON.stringify(entry)}

With the AWS CLI and jq:

${registration(entry, partName(environment, 'stateful'), region)}

A new token works within seconds. To revoke one, take its entry out: it stops within a minute.`;
}

function registration(entry: ApiTokens['tokens'][number], stack: string, region: string): string {
  return `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}
SECRET=$(aws cloudformation describe-stacks --stack-name ${stack} \\
  --query "Stacks[0].Outputs[?OutputKey=='ApiTokensSecretArn'].OutputValue" --output text)
aws secretsmanager get-secret-value --secret-id "$SECRET" --query SecretString --output text \\
  | jq -c '.tokens += [${JSON.stringify(entry)}]' \\
  | aws secretsmanager put-secret-value --secret-id "$SECRET" --secret-string file:///dev/stdin`;
}

function main(args: string[]): void {
  try {
    const options = readOptions(args);
    console.log(options === undefined ? usage : describeNewToken(options));
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ConfigurationError)) throw error;
    console.error(error.message);
    if (error instanceof UsageError) console.error(`\n${usage}`);
    process.exitCode = 2;
  }
}

if (import.meta.main) main(process.argv.slice(2));

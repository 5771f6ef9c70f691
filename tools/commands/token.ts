/** `iob token`: creates an API token for a source and shows how to register it. */
import { Command, Option } from 'commander';
import { type Scope, scopes } from '../../lib/sources/api-tokens.ts';
import { onConfiguration, print } from '../command-line/options.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { describeToken, makeToken } from '../token/make-token.ts';

interface TokenOptions {
  source: string;
  scopes: readonly Scope[];
  environment: string;
  json?: true;
}

export function tokenCommand(): Command {
  return onConfiguration(new Command('token'))
    .summary('create an API token for a source')
    .description('Creates an API token for a source. The token is shown once; only its hash is stored.')
    .requiredOption('--source <name>', 'the source that will use it: lower-case letters, digits and dashes, at most 40')
    .addOption(
      new Option('--scopes <list>', `what it may be used for, comma-separated: ${scopes.join(', ')}`)
        .default(['issue', 'read'], 'issue,read')
        .argParser(readScopes),
    )
    .action((options: TokenOptions) => {
      const made = makeToken(options);
      print({ token: made.token, entry: made.entry }, describeToken(made, options), options);
    });
}

function readScopes(list: string): Scope[] {
  const wanted = list.split(',');
  if (wanted.every((scope): scope is Scope => (scopes as readonly string[]).includes(scope))) return wanted;
  throw new UsageError(`--scopes takes ${scopes.join(', ')}`);
}

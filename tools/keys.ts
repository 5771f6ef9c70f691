/** `npm run keys`: how the signing keys stand, and the emergency in which a compromised one has to go at once. */
import { parseArgs } from 'node:util';
import { describeStatus } from './keys/describe-status.ts';
import { dropCompromised } from './keys/drop-compromised.ts';
import { keysFunction } from './keys/keys-function.ts';
import { runCommand } from './operator/command.ts';
import { findTarget } from './operator/target.ts';
import { UsageError } from './operator/usage-error.ts';

const usage = `npm run keys -- status --environment NAME
npm run keys -- rotate --now --environment NAME [--all | --kid KID …]
  status         which key signs, which waits, what is published; no key material
  rotate --now   a key is compromised: it leaves ring and key set at once, the waiting one signs
  --all          every key of the ring is compromised
  --kid KID      this key is compromised (may be repeated); without it, the one that signs
  --environment  a file of config/, without .json; local works on the running npm start
  --state DIR    folder of the local system (.local)
The ordinary rotation runs by itself; aws secretsmanager rotate-secret starts it early.`;

function readOptions(args: string[]) {
  const { positionals, values } = parse(args);
  const [command, ...rest] = positionals;
  if ((command !== 'status' && command !== 'rotate') || rest.length > 0) throw new UsageError('Say status or rotate');
  if (command === 'rotate' && !values.now) throw new UsageError('rotate takes --now: it is for emergencies only');
  if (values.all && values.kid !== undefined) throw new UsageError('--all and --kid exclude each other');
  if (values.environment === undefined) throw new UsageError('--environment is missing');
  return { command, environment: values.environment, state: values.state, all: values.all, kid: values.kid };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        environment: { type: 'string' },
        state: { type: 'string', default: '.local' },
        now: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        kid: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unknown option');
  }
}

async function main(args: string[]): Promise<void> {
  const { command, environment, state, all, kid } = readOptions(args);
  const keys = keysFunction(await findTarget(environment, state));
  if (command === 'status') console.log(describeStatus(await keys.status(), await keys.schedule(), new Date()));
  else console.log(await dropCompromised(keys, all ? 'all' : (kid ?? 'current')));
}

await runCommand(usage, main);

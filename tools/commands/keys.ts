/** `iob keys`: the status of the signing keys, and the emergency removal of a compromised key. */
import { Command, Option } from 'commander';
import { type EnvironmentOptions, onEnvironment, print, targetOf } from '../command-line/options.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { describeStatus } from '../keys/describe-status.ts';
import { describeDropped, dropCompromised } from '../keys/drop-compromised.ts';
import { keysFunction } from '../keys/keys-function.ts';

interface RotateOptions extends EnvironmentOptions {
  now?: true;
  all?: true;
  kid?: string[];
}

export function keysCommand(): Command {
  return new Command('keys')
    .summary('show the signing keys, or remove a compromised one')
    .description('Shows the signing keys, or removes a compromised one. No key material is ever printed.')
    .addCommand(statusCommand())
    .addCommand(rotateCommand());
}

function statusCommand(): Command {
  return onEnvironment(new Command('status'))
    .description('Shows which key signs, which key is next, and what the public JWKS contains.')
    .action(async (options: EnvironmentOptions) => {
      const keys = keysFunction(await targetOf(options, 'keys'));
      const [status, schedule] = [await keys.status(), await keys.schedule()];
      print({ ...status, rotation: schedule }, describeStatus(status, schedule, new Date()), options);
    });
}

function rotateCommand(): Command {
  return onEnvironment(new Command('rotate'))
    .summary('emergency: remove compromised keys at once')
    .description(
      'Removes compromised keys from the ring and the JWKS at once; the next key signs. The regular rotation runs\n' +
        'automatically; aws secretsmanager rotate-secret starts it early.',
    )
    .option('--now', 'required: confirms that this is an emergency')
    .addOption(new Option('--all', 'every key of the ring is compromised').conflicts('kid'))
    .addOption(
      new Option('--kid <kid>', 'this key is compromised (repeatable). Default: the key that signs').argParser(
        (kid: string, kids: string[] = []) => [...kids, kid],
      ),
    )
    .action(async (options: RotateOptions) => {
      if (!options.now) throw new UsageError('keys rotate needs --now: it is for emergencies only');
      const keys = keysFunction(await targetOf(options, 'keys'));
      const dropped = await dropCompromised(keys, options.all ? 'all' : (options.kid ?? 'current'));
      print(dropped, describeDropped(dropped), options);
    });
}

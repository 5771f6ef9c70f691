/** `iob alarms test`: triggers an alarm on purpose, to show that alarms arrive. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SNSClient } from '@aws-sdk/client-sns';
import { Command } from 'commander';
import { partName } from '../../cdk/names.ts';
import { arrived, describeTest } from '../alarms/describe.ts';
import { testAlarm } from '../alarms/test-alarm.ts';
import { CommandFailure } from '../command-line/command-failure.ts';
import { type EnvironmentOptions, onEnvironment, print, targetOf } from '../command-line/options.ts';
import { UsageError } from '../command-line/usage-error.ts';

interface TestOptions extends EnvironmentOptions {
  alarm?: string;
}

export function alarmsCommand(): Command {
  return new Command('alarms')
    .summary('show that alarms arrive')
    .description('Shows that alarms arrive.')
    .addCommand(testCommand());
}

function testCommand(): Command {
  return onEnvironment(new Command('test'))
    .summary('trigger an alarm, and report whether its message arrives')
    .description(
      'Sets an alarm to ALARM for a few seconds, as CloudWatch itself would, and reports whether CloudWatch could publish its\n' +
        'message and whether anyone has a confirmed subscription. The message says that it is a test.',
    )
    .option('--alarm <name>', 'this alarm. Default: the one on the dead-letter queue')
    .action(async (options: TestOptions) => {
      if (options.environment === 'local') throw new UsageError('There are no alarms on one machine');
      const target = await targetOf(options, 'alarms');
      const name = options.alarm ?? partName(options.environment, 'queue-dead-letters');
      const clients = {
        alarms: new CloudWatchClient(target.client('services')),
        topics: new SNSClient(target.client('services')),
      };
      const tests = await testAlarm(name, { ...clients, sleep });
      print({ alarm: name, arrived: arrived(tests), tests }, describeTest(name, tests), options);
      if (!arrived(tests)) throw new CommandFailure();
    });
}

/**
 * The entry point of the CDK: `cdk deploy -c environment=dev`. Other context values: `configDirectory` (default: config)
 * and `bundles`, a folder of functions that are already built and are not built again.
 */
import { App } from 'aws-cdk-lib';
import { accountWarning } from '../lib/config/account.ts';
import { alarmRecipientWarning } from '../lib/config/alarm-recipient.ts';
import { ConfigurationError, loadEnvironment } from '../lib/config/load-environment.ts';
import { ruleHintsOf } from '../lib/config/rule-hints.ts';
import { buildFunctions, placeBundles } from './bundle.ts';
import { composeStacks } from './compose.ts';
import { runbookWarning } from './runbook.ts';

const app = new App();
const context = (name: string): string | undefined => app.node.tryGetContext(name);
try {
  const environment = loadEnvironment(context('environment'), context('configDirectory'));
  for (const warn of [accountWarning, alarmRecipientWarning, runbookWarning, ruleHintsOf]) {
    const warning = warn(environment);
    if (warning !== undefined) console.error(warning);
  }
  const built = context('bundles');
  if (built === undefined) await buildFunctions();
  composeStacks(app, environment, placeBundles(environment, built));
  app.synth();
} catch (error) {
  const { code, path } = error as NodeJS.ErrnoException;
  // A configuration error, or a file that cannot be written, is printed as one line without a stack trace.
  const isFile = code !== undefined && path !== undefined;
  if (!isFile && !(error instanceof ConfigurationError)) throw error;
  console.error((error as Error).message);
  process.exit(1);
}

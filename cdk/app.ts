/**
 * The entry point of the CDK: `cdk deploy -c environment=dev`. Further context: `configDirectory` (config unless told),
 * and `bundles`, a folder of functions built before, which are then not built again.
 */
import { App } from 'aws-cdk-lib';
import { ConfigurationError, loadEnvironment } from '../lib/config/load-environment.ts';
import { buildFunctions, placeBundles } from './bundle.ts';
import { composeStacks } from './compose.ts';

const app = new App();
const context = (name: string): string | undefined => app.node.tryGetContext(name);
try {
  const environment = loadEnvironment(context('environment'), context('configDirectory'));
  const built = context('bundles');
  if (built === undefined) await buildFunctions();
  composeStacks(app, environment, placeBundles(environment, built));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exit(1);
}

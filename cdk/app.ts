/**
 * The entry point of the CDK: `cdk deploy -c environment=dev`. Further context: `configDirectory` (default: config),
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
  const { code, path } = error as NodeJS.ErrnoException;
  // A file that cannot be written is told in a line, without the stack that a mistake in the code needs.
  const isFile = code !== undefined && path !== undefined;
  if (!isFile && !(error instanceof ConfigurationError)) throw error;
  console.error((error as Error).message);
  process.exit(1);
}

/** The entry point of the CDK: `cdk deploy -c environment=dev`. */
import { App } from 'aws-cdk-lib';
import { ConfigurationError, loadEnvironment } from '../lib/config/load-environment.ts';
import { buildFunctions, placeBundles } from './bundle.ts';
import { composeStacks } from './compose.ts';

const app = new App();
try {
  const environment = loadEnvironment(
    app.node.tryGetContext('environment'),
    app.node.tryGetContext('configDirectory') ?? 'config',
  );
  await buildFunctions();
  composeStacks(app, environment, placeBundles(environment));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exit(1);
}

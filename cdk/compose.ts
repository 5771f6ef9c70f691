/** Adds the two stacks of an environment to an app, with the checks that every synthesis must pass. */
import { type App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { product } from '../lib/config/deployed-names.ts';
import type { Environment } from '../lib/config/environment.ts';
import { stackNames } from './names.ts';
import { StatefulStack } from './stacks/stateful.ts';
import { StatelessStack } from './stacks/stateless.ts';

/** The stacks of one environment. */
export interface Stacks {
  stateful: StatefulStack;
  stateless: StatelessStack;
}

/** Adds an environment to an app. `bundles` contains one folder per function, as bundleFunctions creates them. */
export function composeStacks(app: App, environment: Environment, bundles: string): Stacks {
  const name = environment.environment;
  const names = stackNames(name);
  const account = environment.awsAccount;
  const env = { region: environment.region, ...(account === undefined ? {} : { account }) };
  const stateful = new StatefulStack(app, names.stateful, {
    env,
    environment,
    description: `${product} ${name}: what must not be lost`,
  });
  const stateless = new StatelessStack(app, names.stateless, {
    env,
    stateful,
    bundles,
    description: `${product} ${name}: API, functions and state machine`,
  });
  Tags.of(app).add('product', product);
  Tags.of(app).add('environment', name);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { stateful, stateless };
}

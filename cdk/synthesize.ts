/** Synthesizes an environment inside this process, with the feature flags that the CDK's command line would set. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Environment } from '../lib/config/environment.ts';
import { composeStacks, type Stacks } from './compose.ts';

interface SynthesisOptions {
  /** Folder with one folder per function. */
  bundles: string;
  /** The output folder. Default: a temporary folder. */
  outdir?: string;
}

/** The result: the templates on disk, and the app. */
export interface Synthesis extends Stacks {
  app: App;
  assembly: CloudAssembly;
}

/** Synthesizes both stacks. Throws if a check has a finding that is not acknowledged. */
export function synthesize(environment: Environment, { bundles, outdir }: SynthesisOptions): Synthesis {
  const settings = JSON.parse(readFileSync(join(import.meta.dirname, '../cdk.json'), 'utf8'));
  const app = new App({ context: settings.context, ...(outdir === undefined ? {} : { outdir }) });
  const stacks = composeStacks(app, environment, bundles);
  return { app, ...stacks, assembly: app.synth() };
}

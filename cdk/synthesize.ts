/** Synthesizes an environment inside this process, with the feature flags the CDK's command line would set. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Environment } from '../lib/config/environment.ts';
import { composeStacks, type Stacks } from './compose.ts';

interface SynthesisOptions {
  /** Folder with one folder per function. */
  bundles: string;
  /** Where the templates go. Default: a temporary folder. */
  outdir?: string;
}

/** What came out: the templates on disk, and the app they came from. */
export interface Synthesis extends Stacks {
  app: App;
  assembly: CloudAssembly;
}

/** Synthesizes both stacks. Throws when a check finds something nobody has acknowledged. */
export function synthesize(environment: Environment, { bundles, outdir }: SynthesisOptions): Synthesis {
  const settings = JSON.parse(readFileSync(join(import.meta.dirname, '../cdk.json'), 'utf8'));
  const app = new App({ context: settings.context, ...(outdir === undefined ? {} : { outdir }) });
  const stacks = composeStacks(app, environment, bundles);
  return { app, ...stacks, assembly: app.synth() };
}

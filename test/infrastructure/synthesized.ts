/** Templates of an environment made with empty functions, for tests that read templates. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { functionNames, placeBundles } from '../../cdk/bundle.ts';
import { type Synthesis, synthesize } from '../../cdk/synthesize.ts';
import type { Environment } from '../../lib/config/environment.ts';
import { loadEnvironment } from '../../lib/config/load-environment.ts';

/** A new folder under the system's temporary one. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'infrastructure-'));
}

/** A folder of functions that do nothing, as the build would leave them. */
export function emptyFunctions(): string {
  const folder = temporaryFolder();
  for (const name of functionNames) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.js'), `exports.handler = async () => '${name}';\n`);
  }
  for (const file of ['json-schema.js', 'jsonata.js', 'openapi.json']) writeFileSync(join(folder, file), '{}');
  return folder;
}

/** Synthesizes with empty functions. */
export function synthesizeEmpty(environment: Environment): Synthesis {
  const bundles = placeBundles(environment, emptyFunctions(), temporaryFolder());
  return synthesize(environment, { bundles, outdir: temporaryFolder() });
}

/** Both templates of an environment, without the slow checks of CloudFormation's rules. */
export function templatesOf(environment: Environment = loadEnvironment('dev')): {
  stateful: Template;
  stateless: Template;
} {
  process.env['CDK_VALIDATION'] = 'false';
  const { stateful, stateless } = synthesizeEmpty(environment);
  return { stateful: Template.fromStack(stateful), stateless: Template.fromStack(stateless) };
}

/** A resource of a template, as far as the tests look into it. */
export interface Resource {
  // biome-ignore lint/suspicious/noExplicitAny: templates are untyped JSON
  Properties: Record<string, any>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

/** The resources of a type by logical id. */
export function resourcesOf(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.findResources(type) as Record<string, Resource>);
}

/** The function of this name, which is the end of its physical name. */
export function functionOf(stateless: Template, name: string): Resource {
  const found = resourcesOf(stateless, 'AWS::Lambda::Function').find(([, resource]) =>
    resource.Properties['FunctionName'].endsWith(`-dev-${name}`),
  );
  if (found === undefined) throw new Error(`There is no function ${name}`);
  return found[1];
}

/** Reads Lambda functions: bundle folder, handler, environment and limits. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from './assembly.ts';
import { asObject, asText } from './json.ts';
import type { Reading } from './reading.ts';

/** One function as deployed: `bundle` is the file that the handler's module part names. */
export interface FunctionPlan {
  name: string;
  arn: string;
  logicalId: string;
  folder: string;
  bundle: string;
  exportName: string;
  environment: Record<string, string>;
  timeoutMs: number;
  memoryMb: number;
  roleArn: string;
  /** The log group that the template names; undefined for the one that Lambda itself creates. */
  logGroup: string | undefined;
}

function bundleFile(reading: Reading, folder: string, module: string): string {
  const found = ['.js', '.cjs', '.mjs'].map((end) => join(folder, `${module}${end}`)).find((file) => existsSync(file));
  if (!found) throw reading.refuse(`the asset holds no ${module}.js, ${module}.cjs or ${module}.mjs`);
  return found;
}

/** Reads a function whose code is an asset of its stack. */
export function readFunction(reading: Reading, stack: Stack | undefined): FunctionPlan {
  const code = reading.object('Code');
  const folder = stack?.assets.get(asText(code['S3Key']) ?? '');
  if (!folder) throw reading.refuse('its code is no asset of the assembly (inline code and images do not run locally)');
  if (!reading.text('Runtime').startsWith('nodejs')) throw reading.refuse('only Node.js runtimes run locally');
  const [module = '', exportName = ''] = reading.text('Handler').split('.');
  const variables = asObject(reading.object('Environment')['Variables']);
  return {
    name: reading.name,
    arn: reading.identity.attributes['Arn'] ?? '',
    logicalId: reading.resource.id,
    folder,
    bundle: bundleFile(reading, folder, module),
    exportName,
    environment: Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, String(value)])),
    timeoutMs: reading.number('Timeout', 3) * 1000,
    memoryMb: reading.number('MemorySize', 128),
    roleArn: reading.text('Role'),
    logGroup: asText(reading.object('LoggingConfig')['LogGroup']),
  };
}

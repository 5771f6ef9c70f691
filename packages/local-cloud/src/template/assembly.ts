/** Reads a CDK cloud assembly: its stacks' templates and the folders of their assets. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { asObject, asText, type JsonObject } from './json.ts';

/** One resource of a template, with unresolved intrinsic functions. */
export interface Resource {
  stack: string;
  id: string;
  type: string;
  properties: JsonObject;
  condition: string | undefined;
}

/** One stack: its template and the folders of its assets by object key. */
export interface Stack {
  name: string;
  template: JsonObject;
  resources: Map<string, Resource>;
  assets: Map<string, string>;
  region: string | undefined;
}

/** A whole cloud assembly. */
export interface Assembly {
  directory: string;
  stacks: Map<string, Stack>;
}

function readJson(path: string): JsonObject {
  const text = readFileSync(path, 'utf8');
  try {
    return asObject(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${path} is damaged: remove its folder, which the next start makes again`, { cause });
  }
}

function readAssets(directory: string, file: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const asset of Object.values(asObject(readJson(join(directory, file))['files']))) {
    const path = asText(asObject(asObject(asset)['source'])['path']);
    for (const destination of Object.values(asObject(asObject(asset)['destinations']))) {
      const key = asText(asObject(destination)['objectKey']);
      if (path && key) found.set(key, resolve(directory, path));
    }
  }
  return found;
}

function readResources(stack: string, template: JsonObject): Map<string, Resource> {
  const found = new Map<string, Resource>();
  for (const [id, raw] of Object.entries(asObject(template['Resources']))) {
    const resource = asObject(raw);
    found.set(id, {
      stack,
      id,
      type: asText(resource['Type']) ?? '',
      properties: asObject(resource['Properties']),
      condition: asText(resource['Condition']),
    });
  }
  return found;
}

function regionOf(environment: string | undefined): string | undefined {
  const region = environment?.split('/').at(-1);
  return region === undefined || region.startsWith('unknown') ? undefined : region;
}

/** Reads the assembly in a folder (`cdk.out`), including nested assemblies of stages. */
export function loadAssembly(directory: string): Assembly {
  const stacks = new Map<string, Stack>();
  const artifacts = asObject(readJson(join(directory, 'manifest.json'))['artifacts']);
  for (const [id, raw] of Object.entries(artifacts)) {
    const artifact = asObject(raw);
    const properties = asObject(artifact['properties']);
    if (artifact['type'] === 'cdk:cloud-assembly') {
      const nested = loadAssembly(join(directory, asText(properties['directoryName']) ?? id));
      for (const [name, stack] of nested.stacks) stacks.set(name, stack);
    }
    if (artifact['type'] !== 'aws:cloudformation:stack') continue;
    const name = asText(properties['stackName']) ?? asText(artifact['displayName']) ?? id;
    const template = readJson(join(directory, asText(properties['templateFile']) ?? `${id}.template.json`));
    const assets = asText(asObject(asObject(artifacts[`${id}.assets`])['properties'])['file']);
    stacks.set(name, {
      name,
      template,
      resources: readResources(name, template),
      assets: assets ? readAssets(directory, assets) : new Map(),
      region: regionOf(asText(artifact['environment'])),
    });
  }
  return { directory, stacks };
}

/** The environment of an operator's command: its resources, found with the caller's own credentials. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import { type OutputName, partName, stackNames } from '../../cdk/names.ts';
import { type OperatorCommand, operatorKeyId } from '../../cdk/operator-policies.ts';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import type { Environment } from '../../lib/config/environment.ts';
import { loadEnvironment, parseEnvironment } from '../../lib/config/load-environment.ts';
import { UsageError } from './usage-error.ts';

/** Settings of all AWS clients of a command. */
export interface ClientSettings {
  region: string;
  maxAttempts: number;
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

export interface Target {
  environment: Environment;
  /** The value of a stack's output; throws if there is none. */
  output(name: OutputName): string;
  /** Settings of a client: `tables` for DynamoDB, `messages` for SQS, `services` for all other services. */
  client(service: 'tables' | 'messages' | 'services'): ClientSettings;
  /** Name of a function. */
  functionName(name: string): string;
}

/** The file that the running local system writes into its state folder. */
const localFile = z.object({
  region: z.string(),
  outputs: z.record(z.string(), z.string()),
  endpoints: z.object({ tables: z.url(), messages: z.url(), services: z.url() }),
});

/** Finds the resources. Throws UsageError or ConfigurationError if there is no such environment. */
export async function findTarget(name: string, stateDir: string, command: OperatorCommand): Promise<Target> {
  return name === 'local' ? localTarget(stateDir, command) : deployedTarget(loadEnvironment(name));
}

function localTarget(stateDir: string, command: OperatorCommand): Target {
  const [file, environmentFile] = [join(stateDir, 'endpoints.json'), join(stateDir, 'environment.json')];
  if (!existsSync(file)) {
    throw new UsageError(`There is no ${file}: npm start creates it, and must be running (--state names its folder)`);
  }
  const { region, outputs, endpoints } = localFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const environment = parseEnvironment(readFileSync(environmentFile, 'utf8'), environmentFile);
  // The local run allows each command what its policy allows.
  const credentials = { accessKeyId: operatorKeyId(command), secretAccessKey: 'local' };
  return targetOf(environment, outputs, (service) => ({
    ...clientSettings,
    region,
    maxAttempts: 2,
    endpoint: endpoints[service],
    credentials,
  }));
}

async function deployedTarget(environment: Environment): Promise<Target> {
  const settings = { ...clientSettings, region: environment.region };
  const client = new CloudFormationClient(settings);
  const stacks = Object.values(stackNames(environment.environment));
  const answers = await Promise.all(stacks.map((StackName) => client.send(new DescribeStacksCommand({ StackName }))));
  const outputs = answers.flatMap(({ Stacks }) => Stacks?.[0]?.Outputs ?? []);
  const named = Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  return targetOf(environment, named, () => settings);
}

function targetOf(environment: Environment, outputs: Record<string, string>, client: Target['client']): Target {
  return {
    environment,
    client,
    output(name) {
      const value = outputs[name];
      if (value === undefined) throw new Error(`The stacks have no output ${name}: deploy this version first`);
      return value;
    },
    functionName: (name) => partName(environment.environment, name),
  };
}

/** The inputs that all parts of an environment share. */
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Environment } from '../lib/config/environment.ts';
import type { Timings } from '../lib/config/timings.ts';

/** An environment with its shared resources. */
export interface Deployment {
  environment: Environment;
  timings: Timings;
  /** Encrypts table, secrets, logs and alarms. */
  key: IKey;
  /** The topic for alarms. */
  alarmTopic: ITopic;
  /** Address of docs/runbook.md, without a section. */
  runbook: string;
}

/** A deployment whose functions are bundled. */
export interface FunctionDeployment extends Deployment {
  /** Folder with one folder per function, as placeBundles creates them. */
  bundles: string;
}

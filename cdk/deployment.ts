/** What every part of an environment is built with. */
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Environment } from '../lib/config/environment.ts';
import type { Timings } from '../lib/config/timings.ts';

/** An environment with what its parts share. */
export interface Deployment {
  environment: Environment;
  timings: Timings;
  /** Encrypts what is kept: table, secrets, logs, alarms. */
  key: IKey;
  /** Where alarms go. */
  alarmTopic: ITopic;
}

/** A deployment whose functions are bundled. */
export interface FunctionDeployment extends Deployment {
  /** Folder with one folder per function, as placeBundles makes them. */
  bundles: string;
}

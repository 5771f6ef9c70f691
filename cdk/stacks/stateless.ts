/** The resources that can be deployed again at any time: API, functions, state machine, schedules. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Api } from '../constructs/api.ts';
import { OverviewDashboard } from '../constructs/dashboard.ts';
import { KeyRotation } from '../constructs/key-rotation.ts';
import { OutcomeAlarms } from '../constructs/outcome-alarms.ts';
import { Poller } from '../constructs/poller.ts';
import { Reconcile } from '../constructs/reconcile.ts';
import { Trigger } from '../constructs/trigger.ts';
import { WaitingAlarms } from '../constructs/waiting-alarms.ts';
import { Worker } from '../constructs/worker.ts';
import type { FunctionDeployment } from '../deployment.ts';
import type { OutputName } from '../names.ts';
import type { StatefulStack } from './stateful.ts';

/** The stack that changes with every release. */
export class StatelessStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { stateful: StatefulStack; bundles: string }) {
    super(scope, id, props);
    const { parts } = props.stateful;
    const deployment: FunctionDeployment = { ...props.stateful.deployment, bundles: props.bundles };
    const trigger = new Trigger(this, 'Trigger', deployment, parts);
    const api = new Api(this, 'Api', deployment, trigger.function);
    const poller = new Poller(this, 'Poller', deployment, parts);
    const worker = new Worker(this, 'Worker', deployment, { ...parts, poller });
    const reconcile = new Reconcile(this, 'Reconcile', deployment, { ...parts, poller });
    const rotation = new KeyRotation(this, 'KeyRotation', deployment, parts);
    new OutcomeAlarms(this, 'Outcomes', deployment);
    new WaitingAlarms(this, 'Waiting', deployment);
    new OverviewDashboard(this, 'Overview', {
      environment: deployment.environment.environment,
      region: deployment.environment.region,
      api,
      queue: parts.queue,
      functions: [trigger, worker, poller, reconcile, rotation].map((part) => part.function),
    });
    const outputs = {
      ApiUrl: api.url,
      ...(api.domainTarget && { ApiDomainTarget: api.domainTarget }),
      StateMachineArn: poller.standard.stateMachine.stateMachineArn,
    } satisfies Partial<Record<OutputName, string>>;
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}

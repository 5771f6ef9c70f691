/** Where other systems learn how issuances ended. */
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { partName } from '../names.ts';

/** The bus; its events carry neither address nor claims. */
export class IssuanceEvents extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, environment: string) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { eventBusName: partName(environment, 'events') });
  }

  /** The right to tell. */
  putAccess(): PolicyStatement {
    return new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] });
  }
}

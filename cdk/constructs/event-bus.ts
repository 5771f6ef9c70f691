/** The event bus on which the ends of issuances are published. */
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { partName } from '../names.ts';

/** The bus; its events contain neither address nor claims. */
export class IssuanceEvents extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, environment: string) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { eventBusName: partName(environment, 'events') });
  }

  /** The permission to publish. */
  putAccess(): PolicyStatement {
    return new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] });
  }
}

/** The table of issuances and slots, and the permissions of functions for it. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { statusIndex } from '../../lib/config/deployed-names.ts';

/** The actions on single records. There is no scan, no delete and no transaction. */
type RecordAction = 'GetItem' | 'BatchGetItem' | 'PutItem' | 'UpdateItem';

/** One table, on demand, with point-in-time recovery; it remains when its stack is deleted. */
export class IssuanceTable extends Construct {
  readonly table: Table;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    this.key = key;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
      deletionProtection: true,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: statusIndex.name,
      partitionKey: { name: statusIndex.partitionKey, type: AttributeType.STRING },
      sortKey: { name: statusIndex.sortKey, type: AttributeType.STRING },
      // The records are read by their keys, so that no personal data is copied into the index.
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [statusIndex.projected],
    });
  }

  /** Permission for exactly these actions on single records. */
  recordAccess(...actions: [RecordAction, ...RecordAction[]]): PolicyStatement[] {
    const records = new PolicyStatement({
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [this.table.tableArn],
    });
    return [records, this.keyAccess()];
  }

  /** The permission to list by status. */
  listAccess(): PolicyStatement[] {
    const index = new PolicyStatement({
      actions: ['dynamodb:Query'],
      resources: [`${this.table.tableArn}/index/${statusIndex.name}`],
    });
    return [index];
  }

  // DynamoDB decrypts the table's key with the caller's own permission; all other operations on the key are made when the table
  // is created or changes its key. Only calls through DynamoDB may use the key.
  // Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
  private keyAccess(): PolicyStatement {
    return new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [this.key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(this).region}.amazonaws.com` } },
    });
  }
}

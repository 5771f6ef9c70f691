/** The resource types that run on one machine, their supported properties, and the types that are omitted intentionally. */

import { permissionTypes, type Understanding } from './permission-types.ts';

/** All supported types; a property in neither list stops the local run. */
export const typesThatRun: Readonly<Record<string, Understanding>> = {
  ...permissionTypes,
  'AWS::Lambda::Function': {
    used: [
      'Code',
      'Environment',
      'FunctionName',
      'Handler',
      'LoggingConfig',
      'MemorySize',
      'PackageType',
      'Role',
      'Runtime',
      'Timeout',
    ],
    harmless: [
      'Architectures',
      'Description',
      'KmsKeyArn',
      'ReservedConcurrentExecutions',
      'Tags',
      'TracingConfig',
      'RuntimeManagementConfig',
      'RecursiveLoop',
    ],
  },
  'AWS::SQS::Queue': {
    used: [
      'QueueName',
      'VisibilityTimeout',
      'DelaySeconds',
      'MessageRetentionPeriod',
      'MaximumMessageSize',
      'ReceiveMessageWaitTimeSeconds',
      'RedrivePolicy',
      'KmsMasterKeyId',
    ],
    harmless: ['KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled', 'RedriveAllowPolicy', 'Tags'],
  },
  'AWS::DynamoDB::Table': {
    used: [
      'TableName',
      'AttributeDefinitions',
      'KeySchema',
      'GlobalSecondaryIndexes',
      'BillingMode',
      'SSESpecification',
      'ResourcePolicy',
    ],
    harmless: [
      'ContributorInsightsSpecification',
      'DeletionProtectionEnabled',
      'OnDemandThroughput',
      'PointInTimeRecoverySpecification',
      'TableClass',
      'Tags',
      'WarmThroughput',
    ],
  },
  'AWS::DynamoDB::GlobalTable': {
    used: ['TableName', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'BillingMode', 'Replicas'],
    harmless: ['SSESpecification', 'WarmThroughput', 'WriteOnDemandThroughputSettings'],
  },
  'AWS::S3::Bucket': {
    used: ['BucketName', 'BucketEncryption'],
    harmless: [
      'LifecycleConfiguration',
      'LoggingConfiguration',
      'OwnershipControls',
      'PublicAccessBlockConfiguration',
      'Tags',
      'VersioningConfiguration',
      'AccessControl',
    ],
  },
  'AWS::SecretsManager::Secret': {
    used: ['Name', 'SecretString', 'GenerateSecretString', 'KmsKeyId'],
    harmless: ['Description', 'ReplicaRegions', 'Tags'],
  },
  'AWS::SecretsManager::RotationSchedule': {
    used: ['SecretId', 'RotationLambdaARN', 'RotateImmediatelyOnUpdate'],
    harmless: ['RotationRules'],
  },
  'AWS::StepFunctions::StateMachine': {
    used: ['StateMachineName', 'DefinitionString', 'StateMachineType', 'RoleArn', 'LoggingConfiguration'],
    harmless: ['TracingConfiguration', 'EncryptionConfiguration', 'Tags'],
  },
  'AWS::ApiGatewayV2::Api': {
    used: ['ProtocolType'],
    harmless: ['Name', 'Description', 'Tags', 'IpAddressType'],
  },
  'AWS::ApiGatewayV2::Stage': {
    used: ['ApiId', 'StageName', 'AutoDeploy'],
    harmless: ['AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings', 'Description', 'Tags'],
  },
  'AWS::ApiGatewayV2::Integration': {
    used: ['ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'IntegrationMethod'],
    harmless: ['Description', 'TimeoutInMillis'],
  },
  'AWS::ApiGatewayV2::Route': {
    used: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType'],
    harmless: ['OperationName'],
  },
  'AWS::Lambda::EventSourceMapping': {
    used: [
      'EventSourceArn',
      'FunctionName',
      'BatchSize',
      'MaximumBatchingWindowInSeconds',
      'ScalingConfig',
      'FunctionResponseTypes',
      'Enabled',
    ],
    harmless: ['Tags', 'MetricsConfig', 'KmsKeyArn'],
  },
  'AWS::Events::EventBus': {
    used: ['Name', 'KmsKeyIdentifier', 'Policy'],
    harmless: ['Description', 'Tags', 'LogConfig'],
  },
  'AWS::Events::Rule': {
    used: ['Name', 'ScheduleExpression', 'State', 'Targets'],
    harmless: ['Description', 'RoleArn', 'Tags'],
  },
  'AWS::Scheduler::Schedule': {
    used: ['Name', 'ScheduleExpression', 'State', 'Target'],
    harmless: ['Description', 'FlexibleTimeWindow', 'GroupName', 'KmsKeyArn', 'ScheduleExpressionTimezone'],
  },
  'AWS::CloudFront::Distribution': { used: ['DistributionConfig'], harmless: ['Tags'] },
};

const noOperations = 'logs, alarms and dashboards live in the cloud only';
const noEdge = 'there is no edge network on one machine';

/** All types that are omitted intentionally, with the reason. */
export const typesLeftOut: Readonly<Record<string, string>> = {
  'AWS::Logs::MetricFilter': noOperations,
  'AWS::Logs::QueryDefinition': noOperations,
  'AWS::Logs::ResourcePolicy': noOperations,
  'AWS::Logs::Delivery': noOperations,
  'AWS::Logs::DeliverySource': noOperations,
  'AWS::Logs::DeliveryDestination': noOperations,
  'AWS::CloudWatch::Alarm': noOperations,
  'AWS::CloudWatch::CompositeAlarm': noOperations,
  'AWS::CloudWatch::Dashboard': noOperations,
  'AWS::SNS::Subscription': 'alarms are told nobody on one machine',
  'AWS::Lambda::EventInvokeConfig': 'functions are invoked synchronously on one machine',
  'AWS::CloudFront::OriginAccessControl': noEdge,
  'AWS::CloudFront::CachePolicy': noEdge,
  'AWS::CloudFront::OriginRequestPolicy': noEdge,
  'AWS::CloudFront::ResponseHeadersPolicy': noEdge,
  'AWS::Scheduler::ScheduleGroup': 'schedules are found by their name',
  'AWS::CDK::Metadata': 'it only tells the CDK team what is used',
};

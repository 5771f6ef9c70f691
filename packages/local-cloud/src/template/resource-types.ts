/** The resource types that run on one machine, their supported properties, and the types that are omitted intentionally. */

/** The properties of a supported type: those that are used, and those that make no difference here. */
export interface Understanding {
  used: readonly string[];
  harmless: readonly string[];
}

/** All supported types; a property in neither list stops the local run. */
export const typesThatRun: Readonly<Record<string, Understanding>> = {
  'AWS::Lambda::Function': {
    used: ['Code', 'Environment', 'FunctionName', 'Handler', 'MemorySize', 'Timeout', 'Runtime', 'PackageType'],
    harmless: [
      'Architectures',
      'Description',
      'KmsKeyArn',
      'LoggingConfig',
      'ReservedConcurrentExecutions',
      'Role',
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
    ],
    harmless: ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled', 'RedriveAllowPolicy', 'Tags'],
  },
  'AWS::DynamoDB::Table': {
    used: ['TableName', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'BillingMode'],
    harmless: [
      'ContributorInsightsSpecification',
      'DeletionProtectionEnabled',
      'OnDemandThroughput',
      'PointInTimeRecoverySpecification',
      'SSESpecification',
      'TableClass',
      'Tags',
      'WarmThroughput',
      'ResourcePolicy',
    ],
  },
  'AWS::DynamoDB::GlobalTable': {
    used: ['TableName', 'AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'BillingMode', 'Replicas'],
    harmless: ['SSESpecification', 'WarmThroughput', 'WriteOnDemandThroughputSettings'],
  },
  'AWS::S3::Bucket': {
    used: ['BucketName'],
    harmless: [
      'BucketEncryption',
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
    used: ['Name', 'SecretString', 'GenerateSecretString'],
    harmless: ['Description', 'KmsKeyId', 'ReplicaRegions', 'Tags'],
  },
  'AWS::SecretsManager::RotationSchedule': {
    used: ['SecretId', 'RotationLambdaARN', 'RotateImmediatelyOnUpdate'],
    harmless: ['RotationRules'],
  },
  'AWS::StepFunctions::StateMachine': {
    used: ['StateMachineName', 'DefinitionString', 'StateMachineType'],
    harmless: ['RoleArn', 'LoggingConfiguration', 'TracingConfiguration', 'EncryptionConfiguration', 'Tags'],
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
  'AWS::Events::EventBus': { used: ['Name'], harmless: ['Description', 'KmsKeyIdentifier', 'Tags', 'LogConfig'] },
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

const noPermissions = 'there are no permissions on one machine';
const noOperations = 'logs, alarms and dashboards live in the cloud only';
const noEdge = 'there is no edge network on one machine';

/** All types that are omitted intentionally, with the reason. */
export const typesLeftOut: Readonly<Record<string, string>> = {
  'AWS::IAM::ManagedPolicy': noPermissions,
  'AWS::IAM::Policy': noPermissions,
  'AWS::IAM::Role': noPermissions,
  'AWS::Lambda::Permission': noPermissions,
  'AWS::S3::BucketPolicy': noPermissions,
  'AWS::SQS::QueuePolicy': noPermissions,
  'AWS::SNS::TopicPolicy': noPermissions,
  'AWS::SecretsManager::ResourcePolicy': noPermissions,
  'AWS::Events::EventBusPolicy': noPermissions,
  'AWS::KMS::Key': 'data is not encrypted on one machine',
  'AWS::KMS::Alias': 'data is not encrypted on one machine',
  'AWS::Logs::LogGroup': noOperations,
  'AWS::Logs::MetricFilter': noOperations,
  'AWS::Logs::QueryDefinition': noOperations,
  'AWS::Logs::ResourcePolicy': noOperations,
  'AWS::Logs::Delivery': noOperations,
  'AWS::Logs::DeliverySource': noOperations,
  'AWS::Logs::DeliveryDestination': noOperations,
  'AWS::CloudWatch::Alarm': noOperations,
  'AWS::CloudWatch::CompositeAlarm': noOperations,
  'AWS::CloudWatch::Dashboard': noOperations,
  'AWS::SNS::Topic': 'alarms are told nobody on one machine',
  'AWS::SNS::Subscription': 'alarms are told nobody on one machine',
  'AWS::Lambda::EventInvokeConfig': 'functions are invoked synchronously on one machine',
  'AWS::CloudFront::OriginAccessControl': noEdge,
  'AWS::CloudFront::CachePolicy': noEdge,
  'AWS::CloudFront::OriginRequestPolicy': noEdge,
  'AWS::CloudFront::ResponseHeadersPolicy': noEdge,
  'AWS::Scheduler::ScheduleGroup': 'schedules are found by their name',
  'AWS::CDK::Metadata': 'it only tells the CDK team what is used',
};

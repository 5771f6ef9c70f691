// Which resource types run on one machine, which properties of them are understood, and which types are left out on purpose.

/** How a type that runs here is read: properties that are used, and properties that make no difference here. */
export interface Understanding {
  used: readonly string[];
  harmless: readonly string[];
}

/** Every type that runs here; a property in neither list stops the local run. */
export const RUN: Readonly<Record<string, Understanding>> = {
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
    harmless: ['Description', 'KmsKeyId', 'Tags'],
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

const NO_PERMISSIONS = 'there are no permissions on one machine';
const NO_OPERATIONS = 'logs, alarms and dashboards live in the cloud only';
const NO_EDGE = 'there is no edge network on one machine';

/** Every type that is left out on purpose, with the reason. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'AWS::IAM::ManagedPolicy': NO_PERMISSIONS,
  'AWS::IAM::Policy': NO_PERMISSIONS,
  'AWS::IAM::Role': NO_PERMISSIONS,
  'AWS::Lambda::Permission': NO_PERMISSIONS,
  'AWS::S3::BucketPolicy': NO_PERMISSIONS,
  'AWS::SQS::QueuePolicy': NO_PERMISSIONS,
  'AWS::SNS::TopicPolicy': NO_PERMISSIONS,
  'AWS::SecretsManager::ResourcePolicy': NO_PERMISSIONS,
  'AWS::Events::EventBusPolicy': NO_PERMISSIONS,
  'AWS::KMS::Key': 'data is not encrypted on one machine',
  'AWS::KMS::Alias': 'data is not encrypted on one machine',
  'AWS::Logs::LogGroup': NO_OPERATIONS,
  'AWS::Logs::MetricFilter': NO_OPERATIONS,
  'AWS::Logs::QueryDefinition': NO_OPERATIONS,
  'AWS::Logs::ResourcePolicy': NO_OPERATIONS,
  'AWS::Logs::Delivery': NO_OPERATIONS,
  'AWS::Logs::DeliverySource': NO_OPERATIONS,
  'AWS::Logs::DeliveryDestination': NO_OPERATIONS,
  'AWS::CloudWatch::Alarm': NO_OPERATIONS,
  'AWS::CloudWatch::CompositeAlarm': NO_OPERATIONS,
  'AWS::CloudWatch::Dashboard': NO_OPERATIONS,
  'AWS::SNS::Topic': 'alarms are told nobody on one machine',
  'AWS::SNS::Subscription': 'alarms are told nobody on one machine',
  'AWS::Lambda::EventInvokeConfig': 'functions are invoked synchronously on one machine',
  'AWS::CloudFront::OriginAccessControl': NO_EDGE,
  'AWS::CloudFront::CachePolicy': NO_EDGE,
  'AWS::CloudFront::OriginRequestPolicy': NO_EDGE,
  'AWS::CloudFront::ResponseHeadersPolicy': NO_EDGE,
  'AWS::Scheduler::ScheduleGroup': 'schedules are found by their name',
  'AWS::CDK::Metadata': 'it only tells the CDK team what is used',
};

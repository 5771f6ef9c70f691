/** The resource types that are only read for their permissions and keys: roles, policies, KMS keys and what these refer to. */

/** The properties of a supported type: those that are used, and those that make no difference here. */
export interface Understanding {
  used: readonly string[];
  harmless: readonly string[];
}

/** A property that is not listed, such as a user or a group of a policy, stops the local run. */
export const permissionTypes: Readonly<Record<string, Understanding>> = {
  'AWS::IAM::Role': {
    used: ['RoleName', 'AssumeRolePolicyDocument', 'ManagedPolicyArns', 'Policies', 'PermissionsBoundary', 'Path'],
    harmless: ['Description', 'MaxSessionDuration', 'Tags'],
  },
  'AWS::IAM::Policy': { used: ['PolicyDocument', 'Roles'], harmless: ['PolicyName'] },
  'AWS::IAM::ManagedPolicy': {
    used: ['ManagedPolicyName', 'PolicyDocument', 'Roles'],
    harmless: ['Description', 'Path'],
  },
  'AWS::Lambda::Permission': {
    used: ['Action', 'FunctionName', 'Principal', 'SourceArn', 'SourceAccount'],
    harmless: [],
  },
  'AWS::SQS::QueuePolicy': { used: ['Queues', 'PolicyDocument'], harmless: [] },
  'AWS::SNS::TopicPolicy': { used: ['Topics', 'PolicyDocument'], harmless: [] },
  'AWS::S3::BucketPolicy': { used: ['Bucket', 'PolicyDocument'], harmless: [] },
  'AWS::SecretsManager::ResourcePolicy': { used: ['SecretId', 'ResourcePolicy'], harmless: ['BlockPublicPolicy'] },
  'AWS::Events::EventBusPolicy': { used: ['EventBusName', 'Statement'], harmless: ['StatementId'] },
  'AWS::KMS::Key': {
    used: ['KeyPolicy'],
    harmless: ['Description', 'Enabled', 'EnableKeyRotation', 'PendingWindowInDays', 'RotationPeriodInDays', 'Tags'],
  },
  'AWS::KMS::Alias': { used: ['AliasName', 'TargetKeyId'], harmless: [] },
  'AWS::SNS::Topic': {
    used: ['TopicName', 'KmsMasterKeyId'],
    harmless: ['DisplayName', 'SignatureVersion', 'Tags', 'TracingConfig'],
  },
  'AWS::Logs::LogGroup': {
    used: ['LogGroupName', 'KmsKeyId'],
    harmless: ['RetentionInDays', 'LogGroupClass', 'Tags', 'DeletionProtectionEnabled'],
  },
};

/** The secrets of an environment, and the rights functions get to them. */
import { RemovalPolicy, SecretValue, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

// A deploy writes a secret's value only when its text here has changed, and then overwrites the living one: never
// change these.
const noKeysYet = '{}';
const noTokensYet = '{"tokens":[]}';
const noSourcesYet = '{}';
const noAccountsYet = '{}';

/** Signing keys, API tokens and the key of pseudonyms; they stay when their stack goes. */
export class Secrets extends Construct {
  /** The key ring, made and moved on by its rotation. */
  readonly signingKeys: Secret;
  /** Hashes of the API's bearer tokens, kept by an operator. */
  readonly apiTokens: Secret;
  /** Keys and passwords of our accounts at providers, kept by an operator. */
  readonly providerAccounts: Secret;
  /** What sources sign their webhooks with, kept by an operator. */
  readonly sourceSecrets: Secret;
  /** Keys the hashes that stand for holders, idempotency keys and payloads. */
  readonly pseudonymKey: Secret;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    this.key = key;
    const shared = { encryptionKey: key, removalPolicy: RemovalPolicy.RETAIN };
    this.signingKeys = new Secret(this, 'SigningKeys', {
      ...shared,
      description: 'Key ring of the Partner JWT: previous, current, next',
      secretStringValue: SecretValue.unsafePlainText(noKeysYet),
    });
    this.apiTokens = new Secret(this, 'ApiTokens', {
      ...shared,
      description: 'Hashes of the tokens that may use the API',
      secretStringValue: SecretValue.unsafePlainText(noTokensYet),
    });
    this.providerAccounts = new Secret(this, 'ProviderAccounts', {
      ...shared,
      description: 'API keys and client secrets of the accounts at providers',
      secretStringValue: SecretValue.unsafePlainText(noAccountsYet),
    });
    this.sourceSecrets = new Secret(this, 'SourceSecrets', {
      ...shared,
      description: 'What sources sign their webhooks with: {"source": ["secret", ...]}',
      secretStringValue: SecretValue.unsafePlainText(noSourcesYet),
    });
    this.pseudonymKey = new Secret(this, 'PseudonymKey', {
      ...shared,
      description: 'Keys the hashes that stand for holders and idempotency keys',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    this.explainRotation();
  }

  /** The rights to read these secrets, and to decrypt them on the way through Secrets Manager. */
  readAccess(...secrets: [Secret, ...Secret[]]): PolicyStatement[] {
    const read = new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'],
      resources: secrets.map((secret) => secret.secretArn),
    });
    return [read, this.keyAccess('kms:Decrypt')];
  }

  /** The rights of the four steps of a rotation. */
  rotateAccess(secret: Secret): PolicyStatement[] {
    const rotate = new PolicyStatement({
      actions: [
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      resources: [secret.secretArn],
    });
    return [rotate, this.keyAccess('kms:Decrypt', 'kms:GenerateDataKey')];
  }

  private keyAccess(...actions: string[]): PolicyStatement {
    return new PolicyStatement({
      actions,
      resources: [this.key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(this).region}.amazonaws.com` } },
    });
  }

  private explainRotation(): void {
    const id = 'AwsSolutions-SMG4';
    Validations.of(this.signingKeys).acknowledge({
      id,
      reason: 'Rotated by the RotationSchedule of the stateless stack, beside the function it calls.',
    });
    Validations.of(this.apiTokens).acknowledge({
      id,
      reason:
        'Holds only SHA-256 hashes of tokens; whoever holds a token must get the new one, so a person replaces it.',
    });
    Validations.of(this.providerAccounts).acknowledge({
      id,
      reason: 'The providers give these keys out; whoever gets a new one there puts it here.',
    });
    Validations.of(this.sourceSecrets).acknowledge({
      id,
      reason: 'The senders make these secrets; whoever rotates one there adds it here, and both live until it is done.',
    });
    Validations.of(this.pseudonymKey).acknowledge({
      id,
      reason: 'Another key would give every event another id: a replay would issue again and holders lose their slots.',
    });
  }
}

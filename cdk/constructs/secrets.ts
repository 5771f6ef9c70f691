/** The secrets of an environment, and the permissions of functions for them. */
import { RemovalPolicy, SecretValue, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

// A deployment writes a secret's value only if its initial value here has changed, and then overwrites the current value: never
// change these.
const noKeysYet = '{}';
const noTokensYet = '{"tokens":[]}';
const noSourcesYet = '{}';
const noAccountsYet = '{}';

/** Signing keys, API tokens, provider accounts, source secrets and the pseudonym key; they remain when their stack is deleted. */
export class Secrets extends Construct {
  /** The key ring, created and rotated by its rotation. */
  readonly signingKeys: Secret;
  /** Hashes of the API's bearer tokens, maintained by an operator. */
  readonly apiTokens: Secret;
  /** Keys and passwords of our accounts at providers, maintained by an operator. */
  readonly providerAccounts: Secret;
  /** The keys with which sources sign their webhooks, maintained by an operator. */
  readonly sourceSecrets: Secret;
  /** The key of the hashes that represent holders, idempotency keys and payloads. */
  readonly pseudonymKey: Secret;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, key: IKey, backupRegion: string | undefined) {
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
      description: 'Hashes of the tokens of the API',
      secretStringValue: SecretValue.unsafePlainText(noTokensYet),
    });
    this.providerAccounts = new Secret(this, 'ProviderAccounts', {
      ...shared,
      description: 'API keys and client secrets of the accounts at providers',
      secretStringValue: SecretValue.unsafePlainText(noAccountsYet),
    });
    this.sourceSecrets = new Secret(this, 'SourceSecrets', {
      ...shared,
      description: 'Keys with which sources sign their webhooks: {"source": ["secret", ...]}',
      secretStringValue: SecretValue.unsafePlainText(noSourcesYet),
    });
    this.pseudonymKey = new Secret(this, 'PseudonymKey', {
      ...shared,
      description: 'Key of the hashes that represent holders and idempotency keys',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      // Secrets Manager deletes no secret that has a copy.
      ...(backupRegion !== undefined && { replicaRegions: [{ region: backupRegion }] }),
    });
    this.explainRotation();
  }

  /** The permissions to read these secrets, and to decrypt them through Secrets Manager. */
  readAccess(...secrets: [Secret, ...Secret[]]): PolicyStatement[] {
    const read = new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'],
      resources: secrets.map((secret) => secret.secretArn),
    });
    return [read, this.keyAccess('kms:Decrypt')];
  }

  /** The permissions of the four steps of a rotation. */
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
      reason: 'Rotated by the RotationSchedule of the stateless stack, beside the function that it calls.',
    });
    Validations.of(this.apiTokens).acknowledge({
      id,
      reason:
        'Contains only SHA-256 hashes of tokens. The holder of a token must receive the new token, so a person replaces it.',
    });
    Validations.of(this.providerAccounts).acknowledge({
      id,
      reason: 'The providers issue these keys; the person who receives a new key stores it here.',
    });
    Validations.of(this.sourceSecrets).acknowledge({
      id,
      reason:
        'The senders create these secrets; the person who rotates a secret adds it here, and both are valid until the rotation is complete.',
    });
    Validations.of(this.pseudonymKey).acknowledge({
      id,
      reason: 'Another key would give every event another id: a replay would issue again and holders lose their slots.',
    });
  }
}

/** The JWKS: a private bucket that only CloudFront reads and only the key rotation writes. */
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  CachePolicy,
  Distribution,
  HttpVersion,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { jwksPath } from '../../lib/config/deployed-names.ts';
import type { Environment } from '../../lib/config/environment.ts';
import { partName } from '../names.ts';
import { OwnAddress } from './own-address.ts';

/** Bucket and distribution of `/.well-known/jwks.json`. */
export class JwksSite extends Construct {
  readonly bucket: IBucket;
  readonly distribution: Distribution;
  /** The address at which providers fetch the JWKS. */
  readonly url: string;
  /** The address to which a person has to point the name of one's own, if there is no hosted zone. */
  readonly domainTarget: string | undefined;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const accessLogs = this.createAccessLogs();
    this.bucket = createBucket(this, 'Bucket', {
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(365) }],
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'bucket/',
    });
    const address = OwnAddress.of(this, environment, 'jwks');
    this.distribution = this.createDistribution(accessLogs, environment, address);
    const { distributionDomainName } = this.distribution;
    this.url = `https://${address?.name ?? distributionDomainName}/${jwksPath}`;
    address?.pointTo(new CloudFrontTarget(this.distribution));
    this.domainTarget = address && !address.hasZone ? distributionDomainName : undefined;
    this.explainDistribution(address === undefined);
  }

  /** The permissions to replace the JWKS and to invalidate its cache. */
  publishAccess(): PolicyStatement[] {
    const write = new PolicyStatement({
      actions: ['s3:PutObject'],
      resources: [this.bucket.arnForObjects(jwksPath)],
    });
    const { partition, account } = Stack.of(this);
    const invalidate = new PolicyStatement({
      actions: ['cloudfront:CreateInvalidation'],
      resources: [`arn:${partition}:cloudfront::${account}:distribution/${this.distribution.distributionId}`],
    });
    return [write, invalidate];
  }

  private createAccessLogs(): IBucket {
    return createBucket(this, 'AccessLogs', {
      // CloudFront delivers its logs with an access control list.
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
  }

  private createDistribution(accessLogs: IBucket, environment: Environment, address?: OwnAddress): Distribution {
    const cachePolicy = new CachePolicy(this, 'ShortCache', {
      comment: 'A key set may be old for five minutes at most, as its own max-age says',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.minutes(1),
      maxTtl: Duration.minutes(5),
    });
    return new Distribution(this, 'Distribution', {
      comment: 'Public keys that verify Partner JWTs',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket, {
          originAccessControl: this.createOriginAccess(environment),
        }),
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        cachePolicy,
        responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...(address && {
        domainNames: [address.name],
        certificate: address.certificate,
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      logBucket: accessLogs,
      logFilePrefix: 'distribution/',
    });
  }

  // CDK would name it without the region, and its name is unique among all regions of an account.
  private createOriginAccess({ environment, region }: Environment): S3OriginAccessControl {
    return new S3OriginAccessControl(this, 'OriginAccess', {
      originAccessControlName: partName(environment, `jwks-${region}`),
    });
  }

  private explainDistribution(hasNoOwnAddress: boolean): void {
    Validations.of(this.distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason: 'Providers verify our JWTs from any location; the JWKS is public everywhere.',
      },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'One static public document from a cache: there is no input that a firewall could inspect.',
      },
    );
    if (!hasNoOwnAddress) return;
    Validations.of(this.distribution).acknowledge({
      id: 'AwsSolutions-CFR4',
      reason: 'The cloudfront.net certificate has its own TLS policy; an address of one’s own uses TLSv1.2_2021.',
    });
  }
}

function createBucket(scope: Construct, id: string, props: BucketProps): IBucket {
  const bucket = new Bucket(scope, id, {
    ...props,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    // Keys managed by S3: the JWKS is public, CloudFront reads it without a permission for our key, and logs can be delivered.
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  // The class declares an optional member less strictly than its own interface.
  return bucket as IBucket;
}

/** Reads the CloudFront distribution that serves a bucket's objects. */
import { asArray, asObject, asText, type JsonObject } from './json.ts';
import type { Reading } from './reading.ts';

/** A bucket that is served over HTTP. */
export interface SitePlan {
  distributionId: string;
  bucket: string;
  originPath: string;
  rootObject: string;
}

const harmlessOptions = [
  'Comment',
  'Enabled',
  'HttpVersion',
  'IPV6Enabled',
  'Logging',
  'PriceClass',
  'Restrictions',
  'WebACLId',
];

function checkBehavior(reading: Reading, config: JsonObject): void {
  const behavior = asObject(config['DefaultCacheBehavior']);
  const policies = ['CachePolicyId', 'OriginRequestPolicyId', 'ResponseHeadersPolicyId', 'ViewerProtocolPolicy'];
  const methods = ['AllowedMethods', 'CachedMethods', 'Compress', 'TargetOriginId'];
  reading.only(behavior, [...policies, ...methods], 'DistributionConfig.DefaultCacheBehavior.');
}

/** Reads the one distribution of the assembly, if there is one; its only origin must be a bucket of the assembly. */
export function readSite(readings: Reading[], buckets: string[]): SitePlan | undefined {
  const [reading, second] = readings.filter((one) => one.resource.type === 'AWS::CloudFront::Distribution');
  if (second) throw second.refuse('only one distribution runs locally');
  if (!reading) return undefined;
  const config = reading.object('DistributionConfig');
  const read = ['Origins', 'DefaultCacheBehavior', 'DefaultRootObject', 'ViewerCertificate'];
  reading.only(config, [...read, ...harmlessOptions], 'DistributionConfig.');
  checkBehavior(reading, config);
  const [origin, other] = asArray(config['Origins']).map(asObject);
  const bucket = asText(origin?.['DomainName'])?.split('.s3.')[0] ?? '';
  if (!origin || other || !buckets.includes(bucket))
    throw reading.refuse('its one origin must be a bucket of the assembly');
  const known = ['DomainName', 'Id', 'OriginAccessControlId', 'S3OriginConfig', 'OriginPath', 'ConnectionAttempts'];
  reading.only(origin, [...known, 'ConnectionTimeout', 'OriginShield'], 'DistributionConfig.Origins.');
  return {
    distributionId: reading.identity.ref,
    bucket,
    originPath: asText(origin['OriginPath']) ?? '',
    rootObject: asText(config['DefaultRootObject']) ?? '',
  };
}

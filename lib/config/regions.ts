/** The AWS regions that have every part of the stacks. */
import type { Environment } from './environment.ts';

const everything = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

const accessLogs =
  'CloudFront delivers no access logs of the JWKS to buckets of this region ' +
  '(https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html)';
const otherPartition =
  'CloudFront, which serves the JWKS, does not exist in this partition in the form that the stacks use ' +
  '(https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-supported-regions.html)';

/** What is missing elsewhere: all regions that an account must enable first, and the partitions with accounts of their own. */
const missing: readonly [RegExp, string][] = [
  [/^(cn|us-gov|us-iso\w*|eu-isoe)-/, otherPartition],
  [/^(af|il|me|mx)-/, accessLogs],
  [/^ap-(east-[12]|south-2|southeast-[3-7])$/, accessLogs],
  [/^(ca-west-1|eu-central-2|eu-south-[12])$/, accessLogs],
];

/** A problem if a part of the stacks is known to be missing in the region, or if a region is not known. */
export function regionProblems({ region, backupRegion }: Pick<Environment, 'region' | 'backupRegion'>) {
  return [...problemsOf(region), ...backupProblems(region, backupRegion)];
}

function backupProblems(region: string, backupRegion: string | undefined) {
  if (backupRegion === undefined || (backupRegion !== region && everything.includes(backupRegion))) return [];
  const others = everything.filter((each) => each !== region);
  return [
    { path: ['backupRegion'], message: `must be another region than the environment’s, one of ${others.join(', ')}` },
  ];
}

function problemsOf(region: string) {
  if (everything.includes(region)) return [];
  const known = missing.find(([pattern]) => pattern.test(region))?.[1];
  const message =
    known ?? `is not known. Known regions with every part: ${everything.join(', ')} (lib/config/regions.ts)`;
  return [{ path: ['region'], message }];
}

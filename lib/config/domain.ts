/** Addresses of one's own for the API and the JWKS. */
import * as z from 'zod/mini';

const hostName = z.string().check(
  z.maxLength(253),
  z.regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, {
    error: 'must be a host name in lower case, such as issue.company.com',
  }),
);

const certificateArn = z.string().check(
  z.regex(/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, {
    error: 'must be the ARN of a certificate of AWS Certificate Manager',
  }),
);

/** Each name needs a certificate that is valid for it. Without a hosted zone, a person creates the DNS records. */
export const domain = z.strictObject({
  apiName: z.optional(hostName),
  /** In the environment’s region. */
  apiCertificateArn: z.optional(certificateArn),
  jwksName: z.optional(hostName),
  /** In us-east-1. */
  jwksCertificateArn: z.optional(certificateArn),
  hostedZoneId: z.optional(
    z.string().check(z.regex(/^Z[A-Z0-9]{1,31}$/, { error: 'must be an id such as Z0123456789' })),
  ),
  hostedZoneName: z.optional(hostName),
});

type Domain = z.infer<typeof domain>;

interface Place {
  domain?: Domain | undefined;
  region: string;
  awsAccount?: string | undefined;
}

interface Problem {
  path: string[];
  message: string;
}

const cloudFrontRegion = 'us-east-1';
const cloudFrontCertificates =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html';
const apiCertificates =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html';

/** What would make a deployment of these addresses fail, or succeed without the addresses. */
export function domainProblems({ domain: own, region, awsAccount }: Place): Problem[] {
  if (own === undefined) return [];
  const problems = [
    ...togetherProblems(own),
    ...certificateProblems(own, 'apiCertificateArn', region, `API Gateway takes no other (${apiCertificates})`),
    ...certificateProblems(
      own,
      'jwksCertificateArn',
      cloudFrontRegion,
      `CloudFront takes no other (${cloudFrontCertificates})`,
    ),
    ...accountProblems(own, awsAccount),
    ...zoneProblems(own),
  ];
  return problems.map(({ path, message }) => ({ path: ['domain', ...path], message }));
}

const pairs = [
  ['apiName', 'apiCertificateArn'],
  ['jwksName', 'jwksCertificateArn'],
  ['hostedZoneId', 'hostedZoneName'],
] as const;

function togetherProblems(own: Domain): Problem[] {
  const problems = pairs.flatMap((pair) =>
    pair
      .filter((key, index) => own[key] === undefined && own[pair[1 - index] as (typeof pair)[number]] !== undefined)
      .map((key) => ({ path: [key], message: `must be given too: ${pair.join(' and ')} belong together` })),
  );
  const { apiName, jwksName } = own;
  if (apiName === undefined && jwksName === undefined)
    problems.push({ path: [], message: 'must have apiName, jwksName or both' });
  if (apiName !== undefined && apiName === jwksName)
    problems.push({ path: ['jwksName'], message: 'must be another name than apiName' });
  return problems;
}

function certificateProblems(
  own: Domain,
  key: 'apiCertificateArn' | 'jwksCertificateArn',
  region: string,
  why: string,
): Problem[] {
  const found = own[key]?.split(':')[3];
  if (found === undefined || found === region) return [];
  return [{ path: [key], message: `must be a certificate in ${region}, not in ${found}: ${why}` }];
}

function accountProblems(own: Domain, awsAccount: string | undefined): Problem[] {
  return (['apiCertificateArn', 'jwksCertificateArn'] as const)
    .filter((key) => awsAccount !== undefined && own[key] !== undefined && own[key]?.split(':')[4] !== awsAccount)
    .map((key) => ({ path: [key], message: 'must be a certificate of the environment’s awsAccount' }));
}

function zoneProblems(own: Domain): Problem[] {
  const zone = own.hostedZoneName;
  return (['apiName', 'jwksName'] as const)
    .filter((key) => zone !== undefined && own[key] !== undefined && !`.${own[key]}`.endsWith(`.${zone}`))
    .map((key) => ({ path: [key], message: 'must be in the zone hostedZoneName' }));
}

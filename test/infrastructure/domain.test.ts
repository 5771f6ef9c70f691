/** Addresses of one's own for API and JWKS: certificates, records, outputs, and what is refused. */
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { loadEnvironment, parseEnvironment } from '../../lib/config/load-environment.ts';
import { functionOf, resourcesOf, templatesOf } from './synthesized.ts';

const domain = {
  apiName: 'issue.company.com',
  apiCertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/api',
  jwksName: 'keys.company.com',
  jwksCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/jwks',
  hostedZoneId: 'Z0123456789',
  hostedZoneName: 'company.com',
};
const dev = loadEnvironment('dev');
const { stateful, stateless } = templatesOf({ ...dev, domain });

function outputOf(template: Template, name: string): unknown {
  return Object.values(template.findOutputs(name))[0]?.['Value'];
}

describe('with addresses of one’s own', () => {
  test('the JWKS is served at its name, over TLS 1.2 or later, and the rotation checks it there', () => {
    stateful.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        Aliases: ['keys.company.com'],
        ViewerCertificate: {
          AcmCertificateArn: domain.jwksCertificateArn,
          MinimumProtocolVersion: 'TLSv1.2_2021',
          SslSupportMethod: 'sni-only',
        },
      }),
    });
    const url = 'https://keys.company.com/.well-known/jwks.json';
    expect(outputOf(stateful, 'JwksUrl')).toBe(url);
    const { Environment } = functionOf(stateless, 'rotate-signing-key').Properties;
    expect(Environment.Variables.JWKS_URL).toBe(url);
  });

  test('the API is served at its name', () => {
    stateless.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
      DomainName: 'issue.company.com',
      DomainNameConfigurations: [{ CertificateArn: domain.apiCertificateArn, EndpointType: 'REGIONAL' }],
    });
    stateless.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', {
      Stage: '$default',
      ApiMappingKey: Match.absent(),
    });
    expect(outputOf(stateless, 'ApiUrl')).toBe('https://issue.company.com/');
  });

  test('both names have their records, and those of the JWKS remain', () => {
    const recordsOf = (template: Template) =>
      resourcesOf(template, 'AWS::Route53::RecordSet').map(
        ([
          ,
          {
            Properties: { Type, Name, HostedZoneId },
            ...rest
          },
        ]) => ({
          record: `${Type} ${Name} ${HostedZoneId}`,
          kept: rest.DeletionPolicy === 'Retain',
        }),
      );
    expect(recordsOf(stateful)).toEqual([
      { record: 'A keys.company.com. Z0123456789', kept: true },
      { record: 'AAAA keys.company.com. Z0123456789', kept: true },
    ]);
    expect(recordsOf(stateless)).toEqual([
      { record: 'A issue.company.com. Z0123456789', kept: false },
      { record: 'AAAA issue.company.com. Z0123456789', kept: false },
    ]);
  });

  test('nothing else changes: the distribution stays the same resource', () => {
    const ids = (template: Template) => resourcesOf(template, 'AWS::CloudFront::Distribution').map(([id]) => id);
    expect(ids(stateful)).toEqual(['JwksDistributionCE47138B']);
    expect(ids(templatesOf(dev).stateful)).toEqual(['JwksDistributionCE47138B']);
  });
});

test('without a hosted zone, outputs say where the names must point', () => {
  const { hostedZoneId: _id, hostedZoneName: _name, ...names } = domain;
  const own = templatesOf({ ...dev, domain: names });
  own.stateful.resourceCountIs('AWS::Route53::RecordSet', 0);
  expect(outputOf(own.stateful, 'JwksDomainTarget')).toEqual({
    'Fn::GetAtt': ['JwksDistributionCE47138B', 'DomainName'],
  });
  expect(JSON.stringify(outputOf(own.stateless, 'ApiDomainTarget'))).toContain('RegionalDomainName');
  expect(outputOf(stateful, 'JwksDomainTarget')).toBeUndefined();
  expect(outputOf(stateless, 'ApiDomainTarget')).toBeUndefined();
});

test('one of the two is enough', () => {
  const { jwksName, jwksCertificateArn } = domain;
  const own = templatesOf({ ...dev, domain: { jwksName, jwksCertificateArn } });
  own.stateless.resourceCountIs('AWS::ApiGatewayV2::DomainName', 0);
  expect(outputOf(own.stateful, 'JwksUrl')).toContain('keys.company.com');
});

describe('is refused at synthesis, with path and reason', () => {
  const parsed = (changes: object, awsAccount?: string) => () =>
    parseEnvironment(JSON.stringify({ ...dev, awsAccount, domain: { ...domain, ...changes } }), 'config/dev.json')
      .domain;

  test('but not what can be deployed', () => {
    expect(parsed({}, '123456789012')()).toEqual(domain);
  });

  test.each<[string, object, RegExp]>([
    [
      'a certificate of CloudFront elsewhere',
      { jwksCertificateArn: domain.apiCertificateArn },
      /domain\.jwksCertificateArn: must be a certificate in us-east-1, not in eu-west-1: CloudFront takes no other/,
    ],
    [
      'a certificate of the API elsewhere',
      { apiCertificateArn: domain.jwksCertificateArn },
      /domain\.apiCertificateArn: must be a certificate in eu-west-1, not in us-east-1: API Gateway takes no other/,
    ],
    [
      'a name without its certificate',
      { jwksCertificateArn: undefined },
      /domain\.jwksCertificateArn: must be given too/,
    ],
    ['a certificate without its name', { apiName: undefined }, /domain\.apiName: must be given too/],
    ['half a hosted zone', { hostedZoneName: undefined }, /domain\.hostedZoneName: must be given too/],
    ['a name outside the zone', { apiName: 'issue.mycompany.com' }, /domain\.apiName: must be in the zone/],
    ['one name for both', { apiName: 'keys.company.com' }, /domain\.jwksName: must be another name than apiName/],
    ['an address in place of a name', { apiName: 'https://issue.company.com' }, /domain\.apiName: must be a host name/],
    ['an unknown key', { apiname: 'x' }, /domain: .*apiname/],
  ])('%s', (_what, changes, message) => {
    expect(parsed(changes)).toThrow(message);
  });

  test('neither name', () => {
    const text = JSON.stringify({ ...dev, domain: {} });
    expect(() => parseEnvironment(text, 'config/dev.json')).toThrow(/domain: must have apiName, jwksName or both/);
  });

  test('certificates of another account', () => {
    expect(parsed({}, '210987654321')).toThrow(
      /apiCertificateArn: must be a certificate of the environment’s awsAccount/,
    );
  });
});

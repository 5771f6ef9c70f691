/** An address of one's own: its certificate, and its records in the hosted zone. */
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AaaaRecord, ARecord, HostedZone, type IAliasRecordTarget, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import type { Environment } from '../../lib/config/environment.ts';

/** The name of the API or the JWKS, if the environment has one. */
export class OwnAddress extends Construct {
  readonly name: string;
  readonly certificate: ICertificate;
  private readonly domain: NonNullable<Environment['domain']>;

  private constructor(scope: Construct, domain: NonNullable<Environment['domain']>, name: string, certificate: string) {
    super(scope, 'Address');
    this.domain = domain;
    this.name = name;
    this.certificate = Certificate.fromCertificateArn(this, 'Certificate', certificate);
  }

  /** The address of this part, or undefined if the environment names none. */
  static of(scope: Construct, { domain }: Environment, part: 'api' | 'jwks'): OwnAddress | undefined {
    const [name, certificate] = [domain?.[`${part}Name`], domain?.[`${part}CertificateArn`]];
    if (domain === undefined || name === undefined || certificate === undefined) return undefined;
    return new OwnAddress(scope, domain, name, certificate);
  }

  /** Whether the records are in a hosted zone of the account; otherwise a person creates them. */
  get hasZone(): boolean {
    return this.domain.hostedZoneId !== undefined;
  }

  /** Adds the records that lead to `target`, over IPv4 and IPv6. */
  pointTo(target: IAliasRecordTarget): void {
    const { hostedZoneId, hostedZoneName: zoneName } = this.domain;
    if (hostedZoneId === undefined || zoneName === undefined) return;
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName });
    // With the final dot, CDK takes the name as it is and does not append the zone.
    const props = { zone, recordName: `${this.name}.`, target: RecordTarget.fromAlias(target) };
    new ARecord(this, 'Ipv4', props);
    new AaaaRecord(this, 'Ipv6', props);
  }
}

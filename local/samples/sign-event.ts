/** Signs events like the sender of each scheme whose proof is in headers and needs no private key. */
import { createHash, createHmac } from 'node:crypto';
import { generalSettings } from '../../lib/sources/proofs/presets.ts';
import { schemeOf } from '../../lib/sources/proofs/schemes.ts';
import type { GeneralSettings, HmacSettings, ProofSettings } from '../../lib/sources/proofs/settings/proof.ts';

type Headers = Record<string, string>;

/** The stored form of a secret: the secret itself, its key in hexadecimal digits, or the hash of a token. */
export function keptForm(proof: ProofSettings | undefined, secret: string): string {
  const settings = proof && settingsOf(proof);
  if (settings === undefined || settings.scheme === 'public-key' || settings.scheme === 'jwt') return secret;
  if (settings.scheme !== 'hmac') return createHash('sha256').update(tokenOf(settings, secret)).digest('hex');
  return settings.key === 'hex' ? Buffer.from(secret.replace('whsec_', ''), 'base64').toString('hex') : secret;
}

/** The headers that prove an event sent now; `id` is the id of the message, if the scheme signs one. */
export function signEvent(proof: ProofSettings, secret: string, body: string, id: string): Headers {
  const settings = settingsOf(proof);
  switch (settings?.scheme) {
    case 'hmac':
      return signedHeaders(settings, keyOf(proof, secret), body, id);
    case 'bearer':
      return { authorization: `Bearer ${secret}` };
    case 'basic':
      return { authorization: `Basic ${Buffer.from(tokenOf(settings, secret)).toString('base64')}` };
    case 'header-token':
      return { [settings.header]: `${settings.prefix ?? ''}${secret}` };
    default:
      throw new Error('The samples sign only in headers, and without a private key');
  }
}

/** Of several settings of one sender, the samples use the first. */
function settingsOf(proof: ProofSettings): GeneralSettings | undefined {
  return generalSettings(proof)[0];
}

function tokenOf({ scheme }: GeneralSettings, secret: string): string {
  return scheme === 'basic' ? `sample:${secret}` : secret;
}

function keyOf(proof: ProofSettings, secret: string): Buffer {
  const read = schemeOf(proof).readKey?.(keptForm(proof, secret));
  if (read === undefined || 'unusable' in read) throw new Error('The sample’s secret makes no key of this scheme');
  return read.key;
}

function signedHeaders(settings: HmacSettings, key: Buffer, body: string, id: string): Headers {
  const { header, parts, algorithm, encoding, prefix = '', timestamp, signed = '{body}' } = settings;
  if (header === undefined || /\{(content|url|method|body:)/.test(signed)) {
    throw new Error('The samples sign only a body, a time and an id');
  }
  const time = timeNow(timestamp?.unit);
  const texts: Readonly<Record<string, string>> = { '{body}': body, '{timestamp}': time, '{id}': id };
  const content = signed.replace(/\{\w+\}/g, (placeholder) => texts[placeholder] ?? placeholder);
  const signature = `${prefix}${createHmac(algorithm, key).update(content).digest(encoding)}`;
  const value = parts === undefined ? signature : partsWith(parts, signature, timestamp?.part, time);
  return {
    [header]: value,
    ...(timestamp?.header !== undefined && { [timestamp.header]: time }),
    ...(settings.id !== undefined && 'header' in settings.id && { [settings.id.header]: id }),
  };
}

function timeNow(unit: 's' | 'ms' | 'iso' = 's'): string {
  const now = Date.now();
  if (unit === 'iso') return new Date(now).toISOString();
  return String(unit === 'ms' ? now : Math.floor(now / 1000));
}

function partsWith(
  { separator, assign = '=', signature: names }: NonNullable<HmacSettings['parts']>,
  signature: string,
  timePart: string | number | undefined,
  time: string,
): string {
  const written = (part: string | number, value: string) =>
    typeof part === 'number' ? value : `${part}${assign}${value}`;
  const timed = timePart === undefined ? [] : [written(timePart, time)];
  return [...timed, written([names ?? 0].flat()[0] ?? 0, signature)].join(separator);
}

/** Makes the signed bytes of an event and writes the signature where the settings want it: in a header, or in the body. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { bodyValues } from '../../lib/sources/proofs/body-values.ts';
import type { SignatureSettings } from '../../lib/sources/proofs/settings/signature.ts';
import { setMember } from './body-member.ts';
import { CannotSign } from './cannot-sign.ts';
import type { Outgoing, Sent } from './outgoing.ts';

export type Sign = (bytes: Buffer) => Buffer;

/** Throws CannotSign if the signature is at a place in the body that cannot be found. */
export async function signWith(settings: SignatureSettings, sign: Sign, event: Outgoing): Promise<Sent> {
  const { timestamp, id, encoding, prefix = '' } = settings;
  const time = timeText(timestamp?.unit, event.at);
  const headers: Record<string, string> = { ...event.headers };
  if (timestamp?.header !== undefined) headers[timestamp.header] = time;
  if (id !== undefined && 'header' in id) headers[id.header] = event.id;
  const body = timestamp?.body === undefined ? event.body : setMember(event.body, timestamp.body, time);
  const sent = { ...event, headers, body };
  const signature = `${prefix}${sign(await signedBytes(settings, sent, time)).toString(encoding)}`;
  if (settings.header !== undefined) {
    headers[settings.header] = headerText(settings, signature, time);
    return sent;
  }
  if (settings.signature === undefined) throw new CannotSign('The settings say neither header nor signature');
  return { ...sent, body: setMember(body, settings.signature, signature) };
}

async function signedBytes(settings: SignatureSettings, event: Outgoing, time: string): Promise<Buffer> {
  // The functions see the address with https, also in the local system.
  const { signed = '{body}', content, url = event.url.replace(/^http:/, 'https:') } = settings;
  const value = content === undefined ? '' : await bodyValues({ ...event, method: 'POST', url }, true)(content);
  if (value === undefined) throw new CannotSign('What is signed of the body is not in this event');
  const placeholders: Readonly<Record<string, string | Buffer>> = {
    '{body}': event.body,
    '{body:sha256}': createHash('sha256').update(event.body).digest('hex'),
    '{body:crc32}': String(crc32(event.body)),
    '{timestamp}': time,
    '{id}': event.id,
    '{content}': String(value),
    '{url}': url,
    '{method}': 'POST',
  };
  const pieces = signed.split(/(\{[^}]*\})/).map((piece) => Buffer.from(placeholders[piece] ?? piece));
  return Buffer.concat(pieces);
}

function timeText(unit: 's' | 'ms' | 'iso' = 's', at: Date): string {
  if (unit === 'iso') return at.toISOString();
  return String(unit === 'ms' ? at.getTime() : Math.floor(at.getTime() / 1000));
}

/** The header as it is, or with its parts: time and signature by their names or at their positions. */
function headerText({ parts, timestamp }: SignatureSettings, signature: string, time: string): string {
  if (parts === undefined) return signature;
  const { separator, assign = '=' } = parts;
  const [name = 0] = [parts.signature ?? []].flat();
  const written = (part: string | number, value: string) => (typeof part === 'number' ? value : part + assign + value);
  if (timestamp?.part === undefined) return written(name, signature);
  const both = [written(timestamp.part, time), written(name, signature)];
  const timeIsLater = typeof timestamp.part === 'number' && typeof name === 'number' && timestamp.part > name;
  return (timeIsLater ? both.reverse() : both).join(separator);
}

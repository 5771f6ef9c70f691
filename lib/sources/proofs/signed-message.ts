/** Reads what a signature scheme needs of a delivery: signatures, time, id, and the signed bytes. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { bodyValues, type ReadValue } from './body-values.ts';
import { readParts } from './header-parts.ts';
import { type Delivery, longestHeader, mostSignatures, type Proven, unproven } from './proof.ts';
import { coversBody, type SignatureSettings } from './settings/signature.ts';
import { decodeSignature } from './signature-text.ts';
import { isRecent, readTimestamp } from './timestamp.ts';

/** What one time and its signatures claim. */
export interface SignedMessage {
  signatures: readonly Buffer[];
  /** The signed bytes, in pieces. */
  signed: readonly (string | Buffer)[];
}

interface ReadMessage extends SignedMessage {
  sentAtMs: number | undefined;
}

/** Checks the signatures of a delivery with `verify`, and then its time. */
export async function proveSigned(
  delivery: Delivery,
  settings: SignatureSettings,
  verify: (message: SignedMessage) => boolean,
  now: Date,
): Promise<Proven> {
  const toleranceSeconds = settings.timestamp?.toleranceSeconds ?? 300;
  let late = false;
  for (const message of await readMessages(delivery, settings)) {
    if (!verify(message)) continue;
    if (message.sentAtMs === undefined || isRecent(message.sentAtMs, now, toleranceSeconds)) {
      const id = await coveredId(delivery, settings, message);
      return { proven: true, ...(id !== undefined && { id }) };
    }
    late = true;
  }
  return late ? { proven: false, why: 'stale', toleranceSeconds } : unproven;
}

/** The id that the signature covers: the message's own, or else a hash of what is signed of the body. */
export async function coveredId(
  delivery: Delivery,
  settings: SignatureSettings,
  message?: SignedMessage,
): Promise<string | undefined> {
  const { id } = settings;
  if (id !== undefined && 'header' in id) return delivery.headers[id.header];
  if (coversBody(settings)) {
    const value = id && (await bodyValues(delivery, true)(id.body));
    return typeof value === 'string' ? value : undefined;
  }
  // The rest of the body is not signed: a copy with another rest must be the same event.
  const signed = message ?? (await readMessages(delivery, settings))[0];
  return signed && `signed:${createHash('sha256').update(joined(signed.signed)).digest('hex')}`;
}

/** The signed bytes in one piece. */
export function joined(pieces: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
}

async function readMessages(delivery: Delivery, settings: SignatureSettings): Promise<ReadMessage[]> {
  const values = bodyValues(delivery);
  const id = idInHeader(delivery, settings);
  const content = settings.content === undefined ? '' : textOf(await values(settings.content));
  if (id === undefined || content === undefined) return [];
  const messages: ReadMessage[] = [];
  for (const { time, texts } of await readGroups(delivery, settings, values)) {
    const signatures = texts.slice(0, mostSignatures).flatMap((text) => decode(text, settings) ?? []);
    const sentAtMs = settings.timestamp && readTimestamp(time, settings.timestamp.unit);
    if (signatures.length === 0 || (settings.timestamp !== undefined && sentAtMs === undefined)) continue;
    const signed = signedPieces(settings, { timestamp: time ?? '', id, content }, delivery);
    messages.push({ signatures, signed, sentAtMs });
  }
  return messages;
}

/** Empty if no header holds an id; undefined if there should be one. */
function idInHeader({ headers }: Delivery, { id }: SignatureSettings): string | undefined {
  if (id === undefined || !('header' in id)) return '';
  const text = headers[id.header] ?? '';
  return /^[\x21-\x7e]{1,255}$/.test(text) ? text : undefined;
}

/** Signatures as texts, with the time that belongs to them. */
async function readGroups(
  delivery: Delivery,
  settings: SignatureSettings,
  values: ReadValue,
): Promise<{ time: string | undefined; texts: string[] }[]> {
  const { header, parts, signature, timestamp } = settings;
  const inHeader = header === undefined ? undefined : delivery.headers[header];
  if (header !== undefined && (inHeader === undefined || inHeader.length > longestHeader)) return [];
  const time = timestamp?.header ? delivery.headers[timestamp.header] : textOf(await bodyTime(settings, values));
  if (inHeader === undefined) return signature ? [{ time, texts: textsOf(await values(signature)) }] : [];
  if (parts === undefined) return [{ time, texts: [inHeader] }];
  return readParts(inHeader, parts, timestamp?.part).flatMap(({ times, signatures }) => {
    if (timestamp?.part === undefined) return [{ time, texts: signatures }];
    // With two times, it would be ambiguous which is meant.
    return times.length === 1 ? [{ time: times[0], texts: signatures }] : [];
  });
}

async function bodyTime({ timestamp }: SignatureSettings, values: ReadValue): Promise<unknown> {
  return timestamp?.body === undefined ? undefined : values(timestamp.body);
}

function decode(text: string, { prefix = '', encoding }: SignatureSettings): Buffer | undefined {
  return text.startsWith(prefix) ? decodeSignature(text.slice(prefix.length), encoding) : undefined;
}

function signedPieces(
  { signed = '{body}', url }: SignatureSettings,
  texts: { timestamp: string; id: string; content: string },
  delivery: Delivery,
): (string | Buffer)[] {
  const { body, method = 'POST' } = delivery;
  return signed.split(/(\{[^}]*\})/).map((piece) => {
    switch (piece) {
      case '{body}':
        return body;
      case '{body:base64}':
        return body.toString('base64');
      case '{body:sha256}':
        return createHash('sha256').update(body).digest('hex');
      case '{body:crc32}':
        return String(crc32(body));
      case '{timestamp}':
        return texts.timestamp;
      case '{id}':
        return texts.id;
      case '{content}':
        return texts.content;
      case '{url}':
        return url ?? delivery.url ?? '';
      case '{method}':
        return method;
      default:
        return piece;
    }
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function textsOf(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string' && one.length <= longestHeader) as string[];
}

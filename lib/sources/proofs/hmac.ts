/** Schemes that sign a body, and optionally a time and an id, with HMAC and a shared secret. */
import * as z from 'zod/mini';
import { textKey } from './key.ts';
import {
  type Delivery,
  isRecent,
  longestHeader,
  matchesAny,
  type Proof,
  readTimestamp,
  type Scheme,
  signaturesBy,
  stale,
  unproven,
} from './proof.ts';

/** In lower case, as the gateway passes header names. */
const headerName = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'must be the name of a header in lower case' }));

/** A custom scheme that signs with HMAC and a shared secret. */
const unchecked = z.strictObject({
  scheme: z.literal('hmac'),
  /** Header that carries the signature. */
  header: headerName,
  algorithm: z.enum(['sha1', 'sha256', 'sha512']),
  encoding: z.enum(['hex', 'base64']),
  /** The prefix of the signature, such as `sha256=`. */
  prefix: z.optional(z.string().check(z.minLength(1), z.maxLength(32))),
  /** Header with the sending time, in seconds or milliseconds since 1970; it must be signed. */
  timestamp: z.optional(z.strictObject({ header: headerName, unit: z._default(z.enum(['s', 'ms']), 's') })),
  /** Header with the message's id, which becomes the idempotency key; it must be signed. */
  id: z.optional(z.strictObject({ header: headerName })),
  /** The signed string: a template with `{body}`, and with `{timestamp}` and `{id}` if there are such headers. */
  signed: z._default(z.string().check(z.maxLength(128)), '{body}'),
});

/** Each placeholder occurs once; a third party who saw the message could replace a time or an id that is not signed. */
const signedParts = z.refine<z.infer<typeof unchecked>>(
  ({ signed, timestamp, id }) => {
    const times = (part: string) => signed.split(part).length - 1;
    const wanted = { '{body}': 1, '{timestamp}': timestamp ? 1 : 0, '{id}': id ? 1 : 0 };
    return Object.entries(wanted).every(([part, count]) => times(part) === count);
  },
  {
    path: ['signed'],
    error: 'must contain {body} once, and {timestamp} and {id} exactly if those headers are named',
  },
);

export const hmacSettings = unchecked.check(signedParts);

export type HmacSettings = z.infer<typeof hmacSettings>;

const digestBytes = { sha1: 20, sha256: 32, sha512: 64 } as const;

/** The scheme that these settings describe. The secret itself is the key. */
export function hmac(settings: HmacSettings): Scheme {
  return { readKey: (secret) => textKey(secret), proof: proofOf(settings) };
}

function proofOf(settings: HmacSettings): Proof {
  const { algorithm, timestamp, id } = settings;
  return (delivery, keys, now) => {
    const signature = readSignature(delivery, settings);
    const time = timestamp && delivery.headers[timestamp.header];
    const messageId = id && delivery.headers[id.header];
    if (signature === undefined) return unproven;
    if (id && (messageId === undefined || !/^[\x21-\x7e]{1,255}$/.test(messageId))) return unproven;
    const sentAt = timestamp && readTimestamp(time, timestamp.unit);
    if (timestamp && sentAt === undefined) return unproven;
    const signed = signedPieces(settings.signed, { timestamp: time, id: messageId, body: delivery.body });
    if (!matchesAny([signature], signaturesBy(keys, algorithm, ...signed))) return unproven;
    if (sentAt !== undefined && !isRecent(sentAt, now)) return stale;
    return { proven: true, ...(messageId !== undefined && { id: messageId }) };
  };
}

/** Exactly one signature in exactly one notation: a lenient decoder would accept many strings for the same bytes. */
function readSignature({ headers }: Delivery, settings: HmacSettings): Buffer | undefined {
  const { header, prefix = '', encoding, algorithm } = settings;
  const text = headers[header];
  if (text === undefined || text.length > longestHeader || !text.startsWith(prefix)) return undefined;
  const signature = Buffer.from(text.slice(prefix.length), encoding);
  const spelled = signature.toString(encoding);
  const given = encoding === 'hex' ? text.slice(prefix.length).toLowerCase() : text.slice(prefix.length);
  return signature.length === digestBytes[algorithm] && spelled === given ? signature : undefined;
}

function signedPieces(
  template: string,
  parts: { timestamp?: string | undefined; id?: string | undefined; body: Buffer },
): (string | Buffer)[] {
  return template.split(/(\{(?:body|timestamp|id)\})/).map((piece) => {
    if (piece === '{body}') return parts.body;
    if (piece === '{timestamp}') return parts.timestamp ?? '';
    if (piece === '{id}') return parts.id ?? '';
    return piece;
  });
}

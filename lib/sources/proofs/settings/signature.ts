/** The settings of schemes with a signature: where it is, how it is written, and what it covers. */
import * as z from 'zod/mini';
import { expression, headerName, prefix, secureAddress } from './fields.ts';

/** A part of a structured header: its name, or its position from 0. */
const part = z.union([
  z.string().check(z.regex(/^[\w-]{1,32}$/, { error: 'must be a name of letters, digits, - and _' })),
  z.number().check(z.int(), z.gte(0), z.lte(15)),
]);
const separator = z.string().check(z.minLength(1), z.maxLength(4));

/** How a header with several parts is read, such as `t=1700000000,v1=…`. */
const parts = z.strictObject({
  separator,
  /** Between name and value. Default: `=`. */
  assign: z.optional(separator),
  /** Between groups that have their own time and signatures, as some senders write during a rotation. */
  groups: z.optional(separator),
  /** The parts that are signatures. Default: every part. */
  signature: z.optional(z.union([part, z.array(part).check(z.minLength(1), z.maxLength(4))])),
});

/** Exactly one of `header`, `part` and `body` says where the time is. */
const timestamp = z
  .strictObject({
    header: z.optional(headerName),
    part: z.optional(part),
    body: z.optional(expression),
    /** Seconds or milliseconds since 1970, or RFC 3339. Default: s. */
    unit: z.optional(z.enum(['s', 'ms', 'iso'])),
    /** Maximum difference from our clock. Default: 300. */
    toleranceSeconds: z.optional(z.number().check(z.int(), z.gte(30), z.lte(259_200))),
  })
  .check(
    z.refine((where) => [where.header, where.part, where.body].filter((one) => one !== undefined).length === 1, {
      error: 'must have exactly one of header, part and body',
    }),
  );

/** The members that `hmac` and `public-key` share. */
export const signatureFields = {
  /** Header that carries the signature. */
  header: z.optional(headerName),
  parts: z.optional(parts),
  /** In place of a header: an expression for the signature, or a list of signatures, in the body. */
  signature: z.optional(expression),
  /** The prefix of the signature, such as `sha256=`. */
  prefix: z.optional(prefix),
  /** How the signature is written; padding may be omitted. */
  encoding: z.enum(['hex', 'base64', 'base64url']),
  /** The sending time; it must be signed. */
  timestamp: z.optional(timestamp),
  /** The message's id, which becomes the idempotency key; it must be signed. */
  id: z.optional(z.union([z.strictObject({ header: headerName }), z.strictObject({ body: expression })])),
  /** An expression for `{content}`; `$headers` and `$query` are the request's. */
  content: z.optional(expression),
  /** The endpoint's address as the sender knows it, for `{url}`. Default: the address of the request. */
  url: z.optional(secureAddress),
  /** The signed string: a template of the placeholders below. Default: `{body}`. */
  signed: z.optional(z.string().check(z.maxLength(256))),
};

export interface SignatureSettings {
  header?: string | undefined;
  parts?: z.infer<typeof parts> | undefined;
  signature?: string | undefined;
  prefix?: string | undefined;
  encoding: 'hex' | 'base64' | 'base64url';
  timestamp?: z.infer<typeof timestamp> | undefined;
  id?: { header: string } | { body: string } | undefined;
  content?: string | undefined;
  url?: string | undefined;
  signed?: string | undefined;
}

/** Placeholders for the whole body: its bytes, these in base64, its SHA-256 in hex, its CRC-32 as a decimal number. */
const bodyPlaceholders = ['{body}', '{body:base64}', '{body:sha256}', '{body:crc32}'];
const known = [...bodyPlaceholders, '{timestamp}', '{id}', '{content}', '{url}', '{method}'];

/** Whether the signature covers every byte of the body. A CRC-32 is easily kept while the body changes. */
export function coversBody({ signed = '{body}' }: SignatureSettings): boolean {
  return ['{body}', '{body:base64}', '{body:sha256}'].some((placeholder) => signed.includes(placeholder));
}

/** Each placeholder occurs once; a third party who saw the message could replace a time or an id that is not signed. */
export const signedParts = z.refine<SignatureSettings>(
  ({ signed = '{body}', timestamp: time, id, content }) => {
    const times = (placeholder: string) => signed.split(placeholder).length - 1;
    const wanted = {
      '{timestamp}': time ? 1 : 0,
      '{id}': id !== undefined && 'header' in id ? 1 : 0,
      '{content}': content ? 1 : 0,
    };
    const bodies = bodyPlaceholders.reduce((sum, placeholder) => sum + times(placeholder), 0);
    const unknown = (signed.match(/\{[^}]*\}/g) ?? []).some((placeholder) => !known.includes(placeholder));
    const exact = Object.entries(wanted).every(([placeholder, count]) => times(placeholder) === count);
    return exact && !unknown && (bodies === 1 || (bodies === 0 && content !== undefined));
  },
  {
    path: ['signed'],
    error:
      'must contain {body} once (or {content} in its place), and {timestamp}, {id} and {content} exactly if there are such settings',
  },
);

/** An id in a body of which only a part is signed could be replaced. */
export const signedId = z.refine<SignatureSettings>(
  (settings) => settings.id === undefined || 'header' in settings.id || coversBody(settings),
  { path: ['id'], error: 'must be in a header, because the signature does not cover the whole body' },
);

export const onePlace = z.refine<SignatureSettings>(
  ({ header, signature }) => (header === undefined) !== (signature === undefined),
  { path: ['header'], error: 'must be the header of the signature, unless signature is an expression for it' },
);

export const partsOfHeader = z.refine<SignatureSettings>(
  ({ header, parts: given, timestamp: time }) =>
    (given === undefined || header !== undefined) && (time?.part === undefined || given !== undefined),
  { path: ['parts'], error: 'must describe the header, and must be there if the time is a part' },
);

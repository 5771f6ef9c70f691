/** The shape of a request, on any channel, which is validated before anything is stored. */
import * as z from 'zod/mini';
import type { LookupRequest, NamedRequest } from '../issuance/identity.ts';
import type { Claims } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import { requestLimits, reservedNames, walkJson } from './json-limits.ts';

/** How far a sender's clock may be ahead of ours. */
const clockToleranceMs = 5 * 60 * 1000;

/** The body of `POST /v1/issuances`, and the main part of a queue message. */
export const issuanceBody = z.strictObject({
  /** Name of a program of this environment. */
  program: z.string().check(z.minLength(1), z.maxLength(64)),
  /** An e-mail address at AIR Kit, the external key of a wallet at Credenco. */
  holder: z.string().check(z.minLength(1), z.maxLength(320)),
  /** The credential subject, as the program's schema describes it. */
  claims: z.record(z.string(), z.json()),
  /** When the event happened: RFC 3339 with an offset. */
  occurredAt: z.iso.datetime({ offset: true }),
});

/** A request of a source's rule that names, in place of the holder, the key by which the source's directory knows it. */
const lookupBody = z.extend(z.omit(issuanceBody, { holder: true }), {
  lookup: z.string().check(z.minLength(1), z.maxLength(320)),
});

/** Printable ASCII, without spaces at its ends. */
export const idempotencyKey = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** Checks a JSON value as the body of a request. Throws IssuanceError of kind `invalid`. */
export function readRequest(body: unknown, source: string, key: string | undefined, now: Date): NamedRequest {
  const name = checkKey(key);
  const { holder, ...rest } = parse(issuanceBody, body);
  return { source, idempotencyKey: name, holder, ...common(rest, now) };
}

/** The same for a request whose holder is looked up. */
export function readLookupRequest(body: unknown, source: string, key: string, now: Date): LookupRequest {
  const name = checkKey(key);
  const { lookup, ...rest } = parse(lookupBody, body);
  return { source, idempotencyKey: name, lookup, ...common(rest, now) };
}

function checkKey(key: string | undefined): string {
  if (key === undefined || key === '') throw new IssuanceError('idempotency-key-missing');
  if (!idempotencyKey.test(key)) throw new IssuanceError('idempotency-key-invalid');
  return key;
}

function common({ program, claims, occurredAt }: Omit<z.infer<typeof issuanceBody>, 'holder'>, now: Date) {
  return { program, claims: claims as Claims, occurredAt: readOccurredAt(occurredAt, now) };
}

/**
 * Refuses values that are too deep, too large or have reserved names, before anything walks them recursively; and values
 * that cannot be stored exactly: numbers that a double cannot represent, and strings that are not well-formed Unicode.
 */
export function checkShape(value: unknown): void {
  walkJson(value, requestLimits, {
    name: checkName,
    scalar: checkScalar,
    beyond() {
      throw new IssuanceError('request-too-deep');
    },
  });
}

function checkName(name: string): void {
  if (reservedNames.has(name)) throw new IssuanceError('request-invalid', { detail: 'a member has a reserved name' });
  checkScalar(name);
}

function checkScalar(value: unknown): void {
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new IssuanceError('request-invalid', { detail: 'a string has broken characters' });
  }
  if (typeof value === 'number' && !(Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value))) {
    throw new IssuanceError('request-invalid', { detail: 'a number is too large to be kept exactly' });
  }
}

function parse<Schema extends z.ZodMiniType>(schema: Schema, body: unknown): z.infer<Schema> {
  checkShape(body);
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.path[0] === 'occurredAt') throw new IssuanceError('occurred-at-invalid');
  throw new IssuanceError('request-invalid', { detail: describeIssue(issue) });
}

/** Names the invalid member and the expectation in our own words, without the value and without unknown names. */
function describeIssue(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'unreadable';
  const where = issue.path.length === 0 ? 'the body' : String(issue.path[0]);
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${where} has members that are not known here`;
    case 'invalid_type':
      return `${where} must be ${article(issue.expected)}`;
    case 'too_small':
      return `${where} must not be empty`;
    case 'too_big':
      return `${where} must have at most ${issue.maximum} characters`;
    default:
      return `${where} is not usable`;
  }
}

function article(expected: string): string {
  return expected === 'record' || expected === 'object' ? 'an object' : `a ${expected}`;
}

/** Canonical form: UTC, milliseconds, fixed width, so that times compare as strings. */
function readOccurredAt(text: string, now: Date): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1970) throw new IssuanceError('occurred-at-invalid');
  if (time.getTime() > now.getTime() + clockToleranceMs) throw new IssuanceError('occurred-at-in-future');
  return time.toISOString();
}

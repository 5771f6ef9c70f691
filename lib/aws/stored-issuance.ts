/** Validates a record of the table: it is an issuance only if it has the fields that its status promises. */

import * as z from 'zod/mini';
import type { ErrorCode } from '../issuance/error-codes.ts';
import { isIssuanceId, isSlotKey } from '../issuance/ids.ts';
import type { Assurance, Claims, Issuance, Offered } from '../issuance/issuance.ts';
import { lifeCycle, type Status } from '../issuance/status.ts';

/** A record without the fields that its status promises. The message names fields, never values. */
export class RecordNotUnderstood extends Error {
  override readonly name = 'RecordNotUnderstood';
  readonly id: string;
  /** The fields that are missing or of another type. */
  readonly missing: string;

  constructor(id: string, missing: string) {
    super(`The record of ${id} lacks ${missing}`);
    this.id = id;
    this.missing = missing;
  }
}

const string = z.string();
const flag = z.exactOptional(z.literal(true));
/** A string of a known set. A newer version may have more values, and its records must not be refused. */
const oneOf = <Word extends string>() => z.custom<Word>((value) => typeof value === 'string');

const named = <Name extends string>(isName: (text: string) => text is Name) =>
  z.custom<Name>((value) => typeof value === 'string' && isName(value));

const receipt = z.record(string, string);
const reason = z.looseObject({ code: oneOf<ErrorCode>(), detail: z.exactOptional(string) });
const entry = z.looseObject({ at: string, status: oneOf<Status>(), code: z.exactOptional(oneOf<ErrorCode>()) });

const attempted = {
  number: z.number(),
  fence: z.number(),
  settlesAt: z.exactOptional(string),
  lateUntil: z.exactOptional(string),
};
const attempt = z.looseObject({ ...attempted, openSince: z.exactOptional(string) });
const openAttempt = z.looseObject({ ...attempted, openSince: string });

const common = {
  id: named(isIssuanceId),
  sequence: z.number(),
  restedSequence: z.exactOptional(z.number()),
  source: string,
  program: string,
  slot: named(isSlotKey),
  fingerprint: string,
  rank: string,
  occurredAt: string,
  acceptedAt: string,
  updatedAt: string,
  queuedAt: string,
  dueAt: string,
  attempt: z.exactOptional(attempt),
  receipt: z.exactOptional(receipt),
  knownAs: z.exactOptional(string),
  submittedAt: z.exactOptional(string),
  offered: z.exactOptional(oneOf<Offered>()),
  existing: flag,
  follows: z.exactOptional(named(isIssuanceId)),
  passes: z.exactOptional(string),
  history: z.array(entry),
};

/** `claims` are parsed from a JSON string. */
const personal = { holder: string, claims: z.custom<Claims>(isObject), progress: z.exactOptional(receipt) };
const toLookUp = { lookup: string, claims: z.custom<Claims>(isObject) };
const mayWait = { waiting: flag, reason: z.exactOptional(reason) };
const unconfirmed = { status: z.literal('unconfirmed'), reason, submittedAt: string };
const failed = { status: z.literal('failed'), reason, superseded: z.exactOptional(z.number()) };
const uncertain = { status: z.literal('uncertain'), reason };
const superseded = { status: z.literal('superseded'), reason };

type Schema = z.ZodMiniType<Issuance>;

/** With holder and claims. */
const withNames: Partial<Record<Status, Schema>> = {
  queued: z.looseObject({ ...common, ...personal, ...mayWait, status: z.literal('queued') }),
  submitting: z.looseObject({
    ...common,
    ...personal,
    ...mayWait,
    status: z.literal('submitting'),
    attempt: openAttempt,
  }),
  submitted: z.looseObject({ ...common, ...personal, status: z.literal('submitted'), receipt, submittedAt: string }),
  unconfirmed: z.looseObject({ ...common, ...personal, ...unconfirmed, receipt }),
  uncertain: z.looseObject({ ...common, ...personal, ...uncertain }),
  failed: z.looseObject({ ...common, ...personal, ...failed }),
  superseded: z.looseObject({ ...common, ...personal, ...superseded }),
};

/** With the directory's key in place of the holder. */
const beforeLookup: Partial<Record<Status, Schema>> = {
  queued: z.looseObject({ ...common, ...toLookUp, ...mayWait, status: z.literal('queued') }),
  failed: z.looseObject({ ...common, ...toLookUp, ...failed }),
};

/** Without them. */
const nameless: Partial<Record<Status, Schema>> = {
  unconfirmed: z.looseObject({ ...common, ...unconfirmed }),
  uncertain: z.looseObject({ ...common, ...uncertain }),
  failed: z.looseObject({ ...common, ...failed }),
  superseded: z.looseObject({ ...common, ...superseded }),
  confirmed: z.looseObject({
    ...common,
    status: z.literal('confirmed'),
    submittedAt: string,
    assurance: oneOf<Assurance>(),
    replaced: flag,
  }),
};

/** Fields that this version does not know are kept. Throws RecordNotUnderstood. */
export function readIssuance(id: string, fields: Readonly<Record<string, unknown>>): Issuance {
  const status = z.enum(Object.keys(lifeCycle) as [Status, ...Status[]]).safeParse(fields['status']);
  if (!status.success) throw new RecordNotUnderstood(id, 'a known status');
  const schemas = 'holder' in fields ? [withNames, nameless] : [nameless, withNames];
  const [schema] = ('lookup' in fields ? [beforeLookup] : schemas).flatMap((known) => known[status.data] ?? []);
  const result = schema?.safeParse(fields);
  if (result?.success) return result.data;
  // In this status, a record has a holder or no personal data, and not a key of a directory.
  const missing = result?.error.issues.map(({ path }) => path.join('.')) ?? ['holder'];
  throw new RecordNotUnderstood(id, [...new Set(missing)].join(', '));
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

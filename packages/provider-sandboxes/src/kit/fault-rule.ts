/** The definition of an injected fault: the failure, the operation, and the calls to which it applies. */
import * as z from 'zod';

const milliseconds = z.number().min(0).max(86_400_000);
const printable = z.string().regex(/^[\x20-\x7e]*$/, 'must be printable ASCII: it becomes a header');

/** Every condition that is present must hold; without conditions the fault applies to every call. */
const selection = {
  operation: z.string().optional(),
  next: z.int().positive().optional(),
  every: z.int().positive().optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.int().optional(),
  forMs: milliseconds.optional(),
  until: z.iso.datetime({ offset: true }).optional(),
};

const retryAfter = z.union([z.number(), printable, z.strictObject({ dateInSeconds: z.number() })]);

const garbageBody = z.enum([
  'html',
  'truncated-json',
  'cut-off',
  'wrong-content-type',
  'empty',
  'huge',
  'gzip-bomb',
  'error-in-200',
]);

/**
 * One fault. `commit` says whether the operation is carried out anyway. Default: the usual meaning of the fault, which is
 * false for `latency`, `status`, `hang` and `redirect`, and true for the others.
 */
export const faultRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('latency'),
    ms: milliseconds,
    jitterMs: milliseconds.default(0),
    commit: z.boolean().default(false),
    ...selection,
  }),
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    message: z.string().optional(),
    retryAfter: retryAfter.optional(),
    commit: z.boolean().default(false),
    ...selection,
  }),
  z.strictObject({ kind: z.literal('hang'), commit: z.boolean().default(false), ...selection }),
  z.strictObject({
    kind: z.literal('slow-drip'),
    everyMs: milliseconds.default(1000),
    commit: z.boolean().default(true),
    ...selection,
  }),
  z.strictObject({ kind: z.literal('drop'), commit: z.boolean().default(true), ...selection }),
  z.strictObject({
    kind: z.literal('garbage'),
    body: garbageBody,
    bytes: z.int().min(1).max(1_000_000_000).default(20_000_000),
    commit: z.boolean().default(true),
    ...selection,
  }),
  z.strictObject({
    kind: z.literal('redirect'),
    status: z.union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)]).default(307),
    location: printable.default('/redirected'),
    commit: z.boolean().default(false),
    ...selection,
  }),
]);

/** A checked fault with its defaults filled in. */
export type FaultRule = z.output<typeof faultRuleSchema>;

/** A fault as it is written in a configuration or a PUT body. */
export type FaultRuleInput = z.input<typeof faultRuleSchema>;

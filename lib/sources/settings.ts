/** The settings of sources, as `sources` in config/<environment>.json defines them: who may request issuances, and by which rules. */
import * as z from 'zod/mini';
import type { ChallengeSettings } from './challenges/settings.ts';
import { lookupSettings } from './lookups/settings.ts';
import type { ProofSettings } from './proofs/settings/proof.ts';

/** Requests of other systems on the queue belong to this source; events cannot. */
export const queueSource = 'queue';

/** Name of a source, in the path of its endpoint and in the tokens that may read its issuances. */
export const sourceName = z.string().check(
  z.regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'must be lower-case letters, digits and dashes, at most 40' }),
  z.refine((name) => name !== queueSource, {
    error: 'must be another name: "queue" is reserved for requests on the queue',
  }),
);

/** A JSONata expression. */
const expression = z.string().check(z.minLength(1), z.maxLength(4000));

const rule = z.strictObject({
  /** Identifies the rule in answers, logs and `iob try`. */
  name: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'must be lower-case letters, digits and dashes' })),
  /** Whether the rule applies to this event. Default: it applies to every event. */
  when: z.optional(expression),
  /** A program's name in quotes, or a choice among such names. */
  program: expression,
  holder: z.optional(expression),
  /** In place of `holder`: the key by which the source's directory knows the holder. */
  lookup: z.optional(expression),
  claims: expression,
  /** When the event happened, RFC 3339 with an offset. Default: the envelope's time. */
  occurredAt: z.optional(expression),
  /** The place of the event in the sender's own sequence, a whole number: among events of the same time, the highest is the newest. */
  order: z.optional(expression),
  /** A value that is the same each time this event is sent. Default: the signed id of the message, or a hash of the body. */
  idempotencyKey: z.optional(expression),
});

const principal = z
  .string()
  .check(z.regex(/^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:\S+)$/, { error: 'must be an AWS account or an IAM ARN' }));
const arnOf = (service: string) =>
  z.string().check(
    z.regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:\\S+$`), {
      error: `must be an ARN of ${service}`,
    }),
  );

/** Who may put messages on the queue. */
export const queueSenders = z.array(principal);

/** Allows a source to use the queue: the queue's policy then authenticates its events. */
const queueDoor = z.strictObject({
  /** Accounts or roles that send with the message attribute `source`. */
  principals: z._default(queueSenders, []),
  /** Topics whose messages belong to this source, regardless of their attributes. */
  snsTopics: z._default(z.array(arnOf('sns')), []),
  /** EventBridge rules that have the queue as their target, and the `source` of the events that they forward. */
  eventBridge: z._default(
    z.array(z.strictObject({ rule: arnOf('events'), source: z.string().check(z.minLength(1), z.maxLength(256)) })),
    [],
  ),
});

const oneDoor = z.refine<{ proof?: unknown; queue?: unknown }>(
  ({ proof: known, queue }) => known !== undefined || queue !== undefined,
  { error: 'must have a proof, for webhooks, or a queue, for messages' },
);

/** Checked before it is deployed (rules/check-proof.ts), and not here, so that no function includes a schema that it does not need. */
const checkedLater = <Settings>() => z.custom<Settings>((value) => typeof value === 'object' && value !== null);

const source = z
  .strictObject({
    /** How a webhook proves that it comes from this source; without it, the source has no endpoint for webhooks. */
    proof: z.optional(checkedLater<ProofSettings>()),
    /** How the sender checks that this endpoint expects its events. */
    challenge: z.optional(checkedLater<ChallengeSettings>()),
    queue: z.optional(queueDoor),
    /**
     * What a webhook is answered that its sender can never correct: 200, so that it stops, and the event is kept for an operator;
     * or the error. Default: acknowledge.
     */
    unusable: z.optional(z.enum(['acknowledge', 'refuse'])),
    /** The events of a delivery that contains several; each is mapped by the rules. Default: the delivery is one event. */
    split: z.optional(expression),
    /** The directory in which holders are looked up whom events do not name. */
    lookup: z.optional(lookupSettings),
    /** The first rule that matches an event defines what is issued. */
    rules: z.array(rule).check(z.minLength(1), z.maxLength(50)),
  })
  .check(oneDoor);

/** All sources of an environment, by name. */
export const sources = z.record(sourceName, source);

export type Sources = z.infer<typeof sources>;
export type SourceSettings = Sources[string];
export type RuleSettings = z.infer<typeof rule>;

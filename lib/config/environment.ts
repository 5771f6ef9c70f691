/** The schema of config/<environment>.json: everything that differs between environments, unknown keys refused. */
import * as z from 'zod/mini';
import type { AccountSettings } from '../providers/definition.ts';
import { definitionOf, type Providers, providers } from '../providers/registry.ts';
import { queueSenders, sources } from '../sources/settings.ts';
import { claimsSchema } from './claims/claims-schema.ts';
import { domain } from './domain.ts';

const slug = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'must be lower-case letters, digits and dashes, at most 40' }));

const wholeNumber = (least: number, most: number) => z.number().check(z.int(), z.gte(least), z.lte(most));

const share = z.optional(wholeNumber(1, 1000));

/**
 * The share of the account's concurrency that is reserved for a function, and that it never exceeds. The poller's share is the
 * maximum that prevents a million open issuances from throttling the API. Lambda keeps 100 of an account's concurrency
 * unreserved, so in a new account, which may have only 10, no share can be set.
 */
const shares = z.strictObject({ trigger: share, worker: share, poller: share, reconcile: share });

/** Time-outs, quantities and intervals. Each has a default that suits production. */
const limits = z.strictObject({
  /** Deadline of one call to a provider; the time-outs of functions and queue are derived from it. */
  providerCallSeconds: z._default(wholeNumber(1, 60), 10),
  /**
   * How long after its end the provider may still carry out a lost call. If asking could issue, the worker does not ask about
   * the call before. Default: three times `providerCallSeconds` plus 2, which is 32.
   */
  settlingSeconds: z.optional(wholeNumber(0, 1800)),
  /** Messages per worker invocation, all processed concurrently. */
  workerBatchSize: z._default(wholeNumber(1, 10), 10),
  /** How long an invocation waits for more messages. Its issuances share one poller execution, so waiting costs time and saves money. */
  workerBatchSeconds: z._default(wholeNumber(0, 60), 0),
  /** Concurrent worker invocations. Multiplied by the batch size, the maximum of concurrent calls to a provider. At least 2 (SQS). */
  workerConcurrency: z._default(wholeNumber(2, 1000), 5),
  /** Shares of the account's concurrency; a function without a share uses what is free. */
  concurrency: z._default(shares, {}),
  /** How long an issuance may stay `submitted` before it becomes `unconfirmed` and triggers an alarm. */
  pollDeadlineHours: z._default(z.number().check(z.gt(0), z.lte(336)), 24),
  /** How long an issuance is tried again while the provider is unavailable. */
  retryHours: z._default(z.number().check(z.gt(0), z.lte(336)), 72),
  /** How long issuances that are not confirmed keep holder and claims, so that an operator can retry them. */
  retentionDays: z._default(wholeNumber(1, 365), 14),
  /** At most 5: this is the interval at which waiting work is measured, and an alarm must trigger within a quarter of an hour. */
  reconcileMinutes: z._default(wholeNumber(1, 5), 5),
  /** Age at which the signing keys are rotated: next becomes current. */
  keyRotationDays: z._default(wholeNumber(7, 365), 90),
  /** How long a key must have been public before it signs: many times the time for which a JWKS may be cached. */
  keyPublicMinutes: z._default(wholeNumber(0, 1440), 60),
  logRetentionDays: z._default(z.enum(['7', '30', '90', '365']), '90'),
  /** Requests per second to the API, sustained and in bursts. */
  apiRequestsPerSecond: z._default(wholeNumber(1, 10_000), 100),
  apiBurst: z._default(wholeNumber(1, 5_000), 200),
});

const program = z.strictObject({
  /** Name of an entry of `accounts`. */
  account: slug,
  /** The provider's settings for the credential. */
  credential: z.record(z.string(), z.unknown()),
  /** JSON Schema (draft 2020-12) of the claims. */
  claims: claimsSchema,
  /** How long an event waits for newer events of its holder. An event that is overtaken is never issued. */
  coalesceSeconds: z._default(wholeNumber(0, 900), 0),
  /** Names of claims that widen the slot, for providers at which a holder may have several credentials. */
  slotBy: z._default(z.array(z.string().check(z.minLength(1))), []),
});

/** The maximum number of calls per second to an account, of all workers and pollers together. Default: no ceiling. */
const callsPerSecond = z.optional(z.number().check(z.gte(0.1), z.lte(10_000)));

/** An account, checked by the settings of the provider that it names. What all accounts have in common is checked here. */
const accountOf = (known: Providers) =>
  z.pipe(
    z.looseObject({ provider: z.enum(Object.keys(known)), callsPerSecond }),
    z.transform(({ callsPerSecond: ceiling, ...own }, context): AccountSettings => {
      const result = definitionOf(own.provider, known).accountSettings.safeParse(own);
      if (result.success) return ceiling === undefined ? result.data : { ...result.data, callsPerSecond: ceiling };
      // As issues of our own: after an unknown key alone the next step of a pipe would run, with an account that is none.
      const problems = result.error.issues.map(({ path, message }) => ({ path, message }));
      context.issues.push(...problems.map((problem) => ({ code: 'custom' as const, ...problem, input: undefined })));
      return z.NEVER;
    }),
  );

const alarmsNeedSomeone = 'must name the recipient of alarms: an e-mail address here, or an SNS topic as alarmTopicArn';

/** One environment, as the file defines it. Limits and provider settings have their defaults filled in. */
const environmentOf = (known: Providers) =>
  z.strictObject({
    $schema: z.optional(z.string()),
    /** At most 28, so that no name of a resource becomes too long for its service (64 for functions). */
    environment: slug.check(z.maxLength(28)),
    /** AWS region of the deployment, such as eu-west-1. */
    region: z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'must be an AWS region, such as eu-west-1' })),
    /** Twelve digits; leave it out to deploy to the account of the caller's credentials. */
    awsAccount: z.optional(z.string().check(z.regex(/^\d{12}$/))),
    /** The recipient of alarms. */
    alarmEmail: z.optional(z.email()),
    /** An SNS topic for alarms, in place of alarmEmail; its policy, and that of its key, must allow CloudWatch. */
    alarmTopicArn: z.optional(z.string().check(z.regex(/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/))),
    /** Address of docs/runbook.md, for the links in alarms. Default: the page of the git repository from which it is deployed. */
    runbookUrl: z.optional(
      z.string().check(z.regex(/^https:\/\/[^\s#]+$/, { error: 'must be an https address without #' })),
    ),
    /** The region that keeps a copy of the pseudonym key, without which a backup of the table is of no use. Default: none. */
    backupRegion: z.optional(z.string()),
    /** Addresses of one’s own. Default: those that AWS gives. */
    domain: z.optional(domain),
    accounts: z.record(slug, accountOf(known)),
    programs: z.record(slug, program),
    /** Who may send events, and what is issued for them. */
    sources: z._default(sources, {}),
    /** AWS accounts or IAM ARNs that may put requests on the queue; sources name the senders of their events themselves. */
    queueSenders: z._default(queueSenders, []),
    limits: z.prefault(limits, {}),
  });

/** The schema of an environment for these providers. */
export const environmentSchemaOf = (known: Providers) =>
  z.pipe(
    environmentOf(known),
    z.transform((environment, { issues }) => {
      const programs: Record<string, z.infer<typeof program>> = {};
      const problems = wholeProblems(environment);
      for (const [name, entry] of Object.entries(environment.programs)) {
        const checked = checkProgram(entry, environment.accounts, known);
        programs[name] = checked.program;
        problems.push(...checked.problems.map(({ path, message }) => ({ path: ['programs', name, ...path], message })));
      }
      issues.push(...problems.map((problem) => ({ code: 'custom' as const, ...problem, input: undefined })));
      return { ...environment, programs };
    }),
  );

export const environmentSchema = environmentSchemaOf(providers);

export type Environment = z.infer<typeof environmentSchema>;
export type Limits = Environment['limits'];
export type ProgramSettings = Environment['programs'][string];

interface Problem {
  path: PropertyKey[];
  message: string;
}

/** Problems between the parts of an environment. */
function wholeProblems(environment: z.infer<ReturnType<typeof environmentOf>>): Problem[] {
  const problems: Problem[] = [];
  if (environment.environment !== 'local' && (environment.alarmEmail ?? environment.alarmTopicArn) === undefined) {
    problems.push({ path: ['alarmEmail'], message: alarmsNeedSomeone });
  }
  const { concurrency, workerConcurrency } = environment.limits;
  if (concurrency.worker !== undefined && concurrency.worker < workerConcurrency) {
    const message = `must be at least workerConcurrency (${workerConcurrency}): what is read beyond it is throttled`;
    problems.push({ path: ['limits', 'concurrency', 'worker'], message });
  }
  return problems;
}

/** A program with its credential's defaults filled in, and its problems with respect to its account. */
function checkProgram(
  entry: z.infer<typeof program>,
  accounts: Record<string, AccountSettings>,
  known: Providers,
): { program: z.infer<typeof program>; problems: Problem[] } {
  const found = Object.hasOwn(accounts, entry.account) ? accounts[entry.account] : undefined;
  if (found === undefined) {
    const message = `names no entry of accounts (there are: ${Object.keys(accounts).join(', ') || 'none'})`;
    return { program: entry, problems: [{ path: ['account'], message }] };
  }
  const provider = definitionOf(found.provider, known);
  const problems = [
    ...slotProblems(entry, provider.severalPerHolder),
    ...claimProblems(entry, provider.reservedClaims),
  ];
  const credential = provider.credentialSettings.safeParse(entry.credential);
  if (credential.success) return { program: { ...entry, credential: credential.data }, problems };
  for (const { path, message } of credential.error.issues) problems.push({ path: ['credential', ...path], message });
  return { program: entry, problems };
}

function slotProblems(entry: z.infer<typeof program>, severalPerHolder: boolean): Problem[] {
  if (entry.slotBy.length === 0) return [];
  if (!severalPerHolder) {
    return [{ path: ['slotBy'], message: 'must be empty: this provider keeps one credential per holder and program' }];
  }
  const required = Array.isArray(entry.claims['required']) ? entry.claims['required'] : [];
  return [...entry.slotBy.entries()]
    .filter(([, claim]) => !required.includes(claim))
    .map(([index]) => ({ path: ['slotBy', index], message: 'must name a claim that the claims schema requires' }));
}

function claimProblems(entry: z.infer<typeof program>, reserved: readonly string[]): Problem[] {
  const properties = Object.keys(entry.claims['properties'] ?? {});
  return properties
    .filter((name) => reserved.includes(name))
    .map((name) => ({
      path: ['claims', 'properties', name],
      message: 'must have another name: the provider reserves it',
    }));
}

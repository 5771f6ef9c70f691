/**
 * The environment variables of each function. The stack that writes them and the function that reads them share the names,
 * so that a missing variable does not compile.
 */
import * as z from 'zod/mini';

const value = z.string().check(z.minLength(1));
const digits = z.string().check(z.regex(/^\d+$/));

const shared = {
  /** File name of the environment's configuration beside the bundle, or an absolute path. */
  ENVIRONMENT_FILE: value,
};
const table = { TABLE_NAME: value };
const queue = { QUEUE_URL: value };
const pseudonyms = { PSEUDONYM_KEY_SECRET: value };
const providers = { SIGNING_KEYS_SECRET: value, PROVIDER_ACCOUNTS_SECRET: value };
const events = { EVENT_BUS_NAME: value };
const poller = { POLLER_STATE_MACHINE_ARN: value };

export const functionEnvironments = {
  trigger: z.object({
    ...shared,
    ...table,
    ...queue,
    ...pseudonyms,
    API_TOKENS_SECRET: value,
    SOURCE_SECRETS_SECRET: value,
  }),
  worker: z.object({
    ...shared,
    ...table,
    ...queue,
    ...pseudonyms,
    ...providers,
    ...events,
    ...poller,
    DEAD_LETTER_QUEUE_URL: value,
  }),
  poller: z.object({ ...shared, ...table, ...providers, ...events }),
  reconcile: z.object({
    ...table,
    ...queue,
    ...poller,
    ...events,
    /** Limit `retentionDays` of the environment. */
    RETENTION_DAYS: digits,
    /** Limit `retryHours` of the environment. */
    RETRY_HOURS: value,
    /** Issuances that reconcile may release from the waiting room, per second and program. */
    RELEASES_PER_SECOND: digits,
    /** As JSON, the same for the programs that have less, by the ceilings of their accounts. */
    PROGRAM_RELEASES_PER_SECOND: value,
  }),
  'rotate-signing-key': z.object({
    JWKS_BUCKET: value,
    /** The distribution whose cache is invalidated after a change of the JWKS. */
    JWKS_DISTRIBUTION_ID: value,
    /** The public address at which providers fetch the JWKS. */
    JWKS_URL: value,
    /** The ring's secret, for an operator's requests; a rotation event names the secret itself. */
    SIGNING_KEYS_SECRET: value,
    /** Limit `keyPublicMinutes` of the environment. */
    KEY_PUBLIC_MINUTES: digits,
  }),
} as const;

export type FunctionName = keyof typeof functionEnvironments;
export type FunctionEnvironment<Name extends FunctionName> = z.infer<(typeof functionEnvironments)[Name]>;

/** The variables of a function, read once per cold start. Throws with the names of missing variables, never with a value. */
export function readFunctionEnvironment<Name extends FunctionName>(
  name: Name,
  variables: NodeJS.ProcessEnv = process.env,
): FunctionEnvironment<Name> {
  const result = functionEnvironments[name].safeParse(variables);
  if (result.success) return result.data as FunctionEnvironment<Name>;
  const missing = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(`The function ${name} lacks environment variables: ${missing}`);
}

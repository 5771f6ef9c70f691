/** The switches of this provider; the faults are the same for every sandbox. */
import * as z from 'zod';
import type { Settings } from './settings.ts';

const milliseconds = z.number().min(0).max(1e12);

/** Every switch with its default; unknown keys are refused. */
export const switchesSchema = z.strictObject({
  /** Off: issuing answers 403. */
  issueOnBehalfAllowed: z.boolean().default(true),
  /** The `scope` that a Partner JWT must have; the provider's documents disagree. */
  scopeStrictness: z.enum(['either', 'issue', 'issue on-behalf']).default('either'),
  /** The answer to `onDuplicate: ignore` if there is a credential: 200 with the credential, or 409. */
  ignoreAnswers: z.enum(['existing', 'conflict']).default('existing'),
  /** Time from the issue to `ONCHAIN`; it applies to all credentials, so lowering it confirms pending credentials. */
  onchainDelayMs: milliseconds.default(2000),
  /** How long after the issue the status is 404. */
  statusNotFoundMs: milliseconds.default(0),
  /** A `vcStatus` to answer for every credential, such as an undocumented value. */
  statusValue: z.string().min(1).max(64).optional(),
  /** The `coreClaimHash` in a status answer: the requested hash, in another form, or another credential's. */
  statusAbout: z.enum(['asked', 'upper-case', 'with-0x', 'another', 'nothing']).default('asked'),
  /** Holders who have rejected credentials from this partner. */
  refusedConsent: z.array(z.string()).default([]),
  /** How long a fetched JWKS is used. */
  jwksCacheMs: milliseconds.default(1000),
  /** Whether a `kid` missing from the cached JWKS causes a fetch before the refusal. */
  refetchUnknownKid: z.boolean().default(true),
  /** How far the provider's clock is ahead of ours; negative for behind. */
  clockOffsetMs: z.number().min(-1e12).max(1e12).default(0),
});

/** The provider's own switches. */
export type AirKitSwitches = z.output<typeof switchesSchema>;

/** The initial values of all switches, including faults, from the settings. */
export function initialSwitches(settings: Settings): Record<string, unknown> {
  return {
    issueOnBehalfAllowed: settings.partner.issueOnBehalfAllowed,
    refusedConsent: settings.refusedConsent,
    onchainDelayMs: settings.onchainDelayMs,
    ...settings.switches,
  };
}

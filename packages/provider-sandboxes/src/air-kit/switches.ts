/** The switches that only this provider has; the faults beside them are the same for every sandbox. */
import * as z from 'zod';
import type { Settings } from './settings.ts';

const milliseconds = z.number().min(0).max(1e12);

/** Every switch with its default; unknown keys are refused. */
export const switchesSchema = z.strictObject({
  /** Off: issuing answers 403. */
  issueOnBehalfAllowed: z.boolean().default(true),
  /** Which `scope` a Partner JWT must carry; the provider's documents disagree. */
  scopeStrictness: z.enum(['either', 'issue', 'issue on-behalf']).default('either'),
  /** What `onDuplicate: ignore` answers when there is a credential: 200 with it, or 409. */
  ignoreAnswers: z.enum(['existing', 'conflict']).default('existing'),
  /** From the issue to `ONCHAIN`; it counts for all credentials, so lowering it confirms what was pending. */
  onchainDelayMs: milliseconds.default(2000),
  /** How long after the issue the status is 404. */
  statusNotFoundMs: milliseconds.default(0),
  /** A `vcStatus` to answer for every credential, such as one nobody has seen. */
  statusValue: z.string().min(1).max(64).optional(),
  /** Which `coreClaimHash` a status answer names: the one asked about, in another form, or another credential's. */
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

/** The first position of all switches, faults included, as the settings say. */
export function initialSwitches(settings: Settings): Record<string, unknown> {
  return {
    issueOnBehalfAllowed: settings.partner.issueOnBehalfAllowed,
    refusedConsent: settings.refusedConsent,
    onchainDelayMs: settings.onchainDelayMs,
    ...settings.switches,
  };
}

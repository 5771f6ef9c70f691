/** The settings of the AIR Kit sandbox: the partner, the issuance programs and the initial values of its switches. */
import * as z from 'zod';
import { checkSettings } from '../kit/settings.ts';

/**
 * The provider requires a public https URL and refuses plain http and localhost. In this sandbox, http is allowed for a
 * loopback host only.
 */
function isAllowedJwksUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  if (protocol === 'https:') return true;
  return protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

const programSchema = z.strictObject({
  credentialId: z.string().min(1),
  issuerDid: z.string().startsWith('did:'),
  schema: z.record(z.string(), z.unknown()),
  published: z.boolean().default(true),
  validDays: z.int().positive().optional(),
});

const settingsSchema = z.strictObject({
  partner: z.strictObject({
    partnerId: z.guid(),
    jwksUrl: z.string().refine(isAllowedJwksUrl, 'must be https, or http on a loopback host'),
    issueOnBehalfAllowed: z.boolean().default(true),
  }),
  programs: z
    .array(programSchema)
    .min(1)
    .refine((list) => new Set(list.map(({ credentialId }) => credentialId)).size === list.length, {
      message: 'each credentialId may be there once',
    }),
  refusedConsent: z.array(z.string()).default([]),
  onchainDelayMs: z.number().min(0).default(2000),
  switches: z.record(z.string(), z.unknown()).default({}),
});

/** Checked settings. */
export type Settings = z.output<typeof settingsSchema>;

/** Settings as written in a configuration file. */
export type SettingsInput = z.input<typeof settingsSchema>;

/** One issuance program; with `validDays` its credentials expire. */
export type Program = z.output<typeof programSchema>;

/** Checks settings; throws a SettingsError. */
export function parseSettings(input: unknown): Settings {
  return checkSettings(settingsSchema, input);
}

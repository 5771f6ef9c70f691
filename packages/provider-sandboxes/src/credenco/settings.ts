/** The settings of the Credenco sandbox: its callers, issuers, credential templates and wallets. */
import * as z from 'zod';
import { checkSettings } from '../kit/settings.ts';

const pathSegment = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'letters, digits, ".", "_" and "-", up to 64');

const backendSchema = z.strictObject({
  apiKey: z.string().min(1),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
});

/** SD-JWT VC reserves these names. */
const reservedClaims = ['iss', 'iat', 'nbf', 'exp', 'cnf', 'vct', 'vct#integrity', 'status', 'sub', '_sd', '_sd_alg'];

const claimsSchema = z
  .looseObject({
    type: z.literal('object'),
    properties: z.record(z.string(), z.unknown()),
    required: z.array(z.string()).default([]),
  })
  .refine(({ properties }) => reservedClaims.every((name) => !Object.hasOwn(properties, name)), {
    message: `must not define ${reservedClaims.join(', ')}`,
  });

const templateSchema = z.strictObject({
  templateId: pathSegment,
  name: z.string().min(1),
  issuer: pathSegment,
  vct: z.string().min(1),
  schema: claimsSchema,
  statusList: z.boolean().default(true),
  validDays: z.int().positive().optional(),
});

/** A contact names its DID, or one of this sandbox's issuers, whose DID depends on the port. */
const contactSchema = z
  .strictObject({
    did: z.string().startsWith('did:').optional(),
    issuer: pathSegment.optional(),
    name: z.string().min(1),
    directIssueAllowed: z.boolean().default(true),
  })
  .refine(({ did, issuer }) => (did === undefined) !== (issuer === undefined), 'needs either did or issuer');

const walletSchema = z.strictObject({
  externalKey: z.string().min(1).max(255),
  trustedContacts: z.array(contactSchema).default([]),
});

function once(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

const settingsSchema = z
  .strictObject({
    backend: backendSchema,
    issuers: z.array(pathSegment).min(1).refine(once, 'each issuer may be there once'),
    templates: z.array(templateSchema).min(1),
    wallets: z.array(walletSchema).default([]),
    switches: z.record(z.string(), z.unknown()).default({}),
  })
  .refine(({ templates }) => once(templates.map(({ templateId }) => templateId)), {
    path: ['templates'],
    message: 'each templateId may be there once',
  })
  .refine(({ wallets }) => once(wallets.map(({ externalKey }) => externalKey)), {
    path: ['wallets'],
    message: 'each externalKey may be there once',
  })
  .refine(({ issuers, templates }) => templates.every(({ issuer }) => issuers.includes(issuer)), {
    path: ['templates'],
    message: 'each issuer must be one of issuers',
  })
  .refine(
    ({ issuers, wallets }) =>
      wallets.every(({ trustedContacts }) =>
        trustedContacts.every(({ issuer }) => issuer === undefined || issuers.includes(issuer)),
      ),
    { path: ['wallets'], message: 'the issuer of a trusted contact must be one of issuers' },
  );

/** Checked settings. */
export type Settings = z.output<typeof settingsSchema>;

/** Settings as written in a configuration file. */
export type SettingsInput = z.input<typeof settingsSchema>;

/** One credential template; with `statusList` its credentials can be revoked, with `validDays` they expire. */
export type Template = Settings['templates'][number];

/** The credentials of the backend. */
export type BackendSecrets = Settings['backend'];

/** Checks settings; throws a SettingsError. */
export function parseSettings(input: unknown): Settings {
  return checkSettings(settingsSchema, input);
}

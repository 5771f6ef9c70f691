/** All schemes of proof by name; the settings of a source select one of them. */
import * as z from 'zod/mini';
import { bearer } from './bearer.ts';
import { hmac, hmacSettings } from './hmac.ts';
import { presets } from './presets.ts';
import type { Scheme } from './proof.ts';
import { standardWebhooks } from './standard-webhooks.ts';
import { stripe } from './stripe.ts';

/** Schemes without settings. The schemes of senders that sign with plain HMAC are data: presets.ts. */
const schemes = {
  'standard-webhooks': standardWebhooks,
  stripe,
  bearer,
} as const satisfies Record<string, Scheme>;

type Named = keyof typeof schemes;
type Preset = keyof typeof presets;

const names = [...Object.keys(schemes), ...Object.keys(presets)] as [Named | Preset];

/** The allowed values of `scheme`. */
export const schemeNames: readonly string[] = [...names, 'hmac'];

/** `{ "scheme": "…" }`, and for `hmac` also the signed string and the algorithm. */
export const proofSettings = z.discriminatedUnion('scheme', [z.strictObject({ scheme: z.enum(names) }), hmacSettings], {
  error: `must have a scheme: ${schemeNames.join(', ')}`,
});

export type ProofSettings = z.infer<typeof proofSettings>;

/** The scheme that a source's settings name. */
export function schemeOf(settings: ProofSettings): Scheme {
  if (settings.scheme === 'hmac') return hmac(settings);
  return isPreset(settings.scheme) ? hmac(presets[settings.scheme]) : schemes[settings.scheme];
}

function isPreset(scheme: Named | Preset): scheme is Preset {
  return Object.hasOwn(presets, scheme);
}

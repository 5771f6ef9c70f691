/** The presets by name: each is data, from the sender's own documentation. */
import { adyen } from './presets/adyen.ts';
import { braintree } from './presets/braintree.ts';
import { calendly } from './presets/calendly.ts';
import { chargebee } from './presets/chargebee.ts';
import { discord } from './presets/discord.ts';
import { github } from './presets/github.ts';
import { gitlab } from './presets/gitlab.ts';
import { googlePubsub } from './presets/google-pubsub.ts';
import { hubspot } from './presets/hubspot.ts';
import { mailgun } from './presets/mailgun.ts';
import { meta } from './presets/meta.ts';
import { okta } from './presets/okta.ts';
import { onfido } from './presets/onfido.ts';
import { paddle } from './presets/paddle.ts';
import { persona } from './presets/persona.ts';
import { plaid } from './presets/plaid.ts';
import type { KeyPresetSettings, PlainPresetSettings } from './presets/preset.ts';
import { sendgrid } from './presets/sendgrid.ts';
import { shopify } from './presets/shopify.ts';
import { slack } from './presets/slack.ts';
import { square } from './presets/square.ts';
import { standardWebhooks } from './presets/standard-webhooks.ts';
import { standardWebhooksV1a } from './presets/standard-webhooks-v1a.ts';
import { stripe } from './presets/stripe.ts';
import { sumsub } from './presets/sumsub.ts';
import { twilio } from './presets/twilio.ts';
import { twitch } from './presets/twitch.ts';
import { woocommerce } from './presets/woocommerce.ts';
import { workos } from './presets/workos.ts';
import { xendit } from './presets/xendit.ts';
import { zoom } from './presets/zoom.ts';
import type { AddressedPreset, KeyPreset, PlainPreset } from './settings/preset-names.ts';
import type { GeneralSettings, HmacSettings, ProofSettings } from './settings/proof.ts';

export const presets = {
  'standard-webhooks': standardWebhooks,
  stripe,
  github,
  shopify,
  sumsub,
  onfido,
  persona,
  calendly,
  paddle,
  workos,
  slack,
  zoom,
  twitch,
  meta,
  okta,
  woocommerce,
  xendit,
  gitlab,
  chargebee,
  adyen,
  braintree,
  mailgun,
} satisfies Record<PlainPreset, PlainPresetSettings>;

const addressed: Record<AddressedPreset, HmacSettings> = { hubspot, square, twilio };
const keyed: Record<KeyPreset, KeyPresetSettings> = {
  'standard-webhooks-v1a': standardWebhooksV1a,
  sendgrid,
  discord,
};

/** The general settings that these settings stand for; of several, one has to hold. */
export function generalSettings(settings: ProofSettings): readonly GeneralSettings[] {
  switch (settings.scheme) {
    case 'hmac':
    case 'public-key':
    case 'header-token':
    case 'jwt':
      return [settings];
    case 'bearer':
    case 'basic':
    case 'path-token':
      return [{ scheme: settings.scheme }];
    case 'plaid':
      return [{ ...plaid, keys: settings.keys }];
    case 'google-pubsub':
      return [
        { ...googlePubsub, audience: settings.audience, claims: { email: settings.email, email_verified: true } },
      ];
    case 'hubspot':
    case 'square':
    case 'twilio':
      return [{ ...addressed[settings.scheme], ...(settings.url !== undefined && { url: settings.url }) }];
    case 'standard-webhooks-v1a':
    case 'sendgrid':
    case 'discord':
      return [{ ...keyed[settings.scheme], keys: settings.keys }];
    default:
      return plainSettings(settings.scheme);
  }
}

/** None for a name that is not known: the settings may be checked only afterwards. */
function plainSettings(name: PlainPreset): readonly GeneralSettings[] {
  const preset: PlainPresetSettings | undefined = Object.hasOwn(presets, name) ? presets[name] : undefined;
  return preset === undefined ? [] : ([preset].flat() as readonly GeneralSettings[]);
}

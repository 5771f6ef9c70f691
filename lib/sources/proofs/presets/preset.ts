/** The forms of presets. */
import type { HeaderTokenSettings, HmacSettings, JwtSettings, PublicKeySettings } from '../settings/proof.ts';

/** Nothing else has to be set; of several settings, one has to hold. */
export type PlainPresetSettings = HmacSettings | HeaderTokenSettings | { scheme: 'basic' } | readonly HmacSettings[];

/** The sender's public keys have to be set. */
export type KeyPresetSettings = Omit<PublicKeySettings, 'keys'>;

/** Keys, audience or claims have to be set. */
export type JwtPresetSettings = Omit<JwtSettings, 'keys' | 'audience' | 'claims'>;

/** From the settings of a source to its scheme of proof. */
import { hmac } from './hmac.ts';
import { jwt } from './jwt.ts';
import { generalSettings } from './presets.ts';
import { type Proven, type Scheme, unproven } from './proof.ts';
import { publicKey } from './public-key.ts';
import type { GeneralSettings, ProofSettings } from './settings/proof.ts';
import { basic, bearer, headerToken, pathToken } from './token.ts';

/** Made once: a scheme keeps the keys that it has read. */
const made = new WeakMap<ProofSettings, Scheme>();

/** The scheme that a source's settings name. */
export function schemeOf(settings: ProofSettings): Scheme {
  const known = made.get(settings);
  if (known !== undefined) return known;
  const scheme = anyOf(generalSettings(settings).map(generalScheme));
  made.set(settings, scheme);
  return scheme;
}

function generalScheme(settings: GeneralSettings): Scheme {
  switch (settings.scheme) {
    case 'hmac':
      return hmac(settings);
    case 'public-key':
      return publicKey(settings);
    case 'jwt':
      return jwt(settings);
    case 'header-token':
      return headerToken(settings);
    case 'bearer':
      return bearer;
    case 'basic':
      return basic;
    case 'path-token':
      return pathToken;
  }
}

/** One of these schemes has to hold; all read their secrets alike. */
function anyOf(schemes: readonly Scheme[]): Scheme {
  const [first] = schemes;
  if (first === undefined || schemes.length === 1) return first ?? neverProven;
  return {
    ...first,
    async proof(...input) {
      let best: Proven = unproven;
      for (const { proof } of schemes) {
        const proven = await proof(...input);
        if (proven.proven) return proven;
        if (proven.why === 'stale') best = proven;
      }
      return best;
    },
    async coveredId(delivery) {
      for (const { coveredId } of schemes) {
        const id = await coveredId(delivery);
        if (id !== undefined) return id;
      }
      return undefined;
    },
  };
}

const neverProven: Scheme = { proof: async () => unproven, coveredId: async () => undefined };

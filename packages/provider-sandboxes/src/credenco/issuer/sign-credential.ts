/** Signs an SD-JWT VC with every claim selectively disclosable, bound to the holder's key. */
import { digest, generateSalt } from '@sd-jwt/crypto-nodejs';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import type { JWK } from 'jose';
import type { MintedOffer } from '../books/changes.ts';
import type { ProviderState } from '../provider-state.ts';
import { issuerDid, issuerKeyId } from './issuer-did.ts';
import { statusListUri } from './status-list.ts';

/** The owner of the key that no DID document has. */
export const unpublishedKey = 'unpublished';

/** The credential in compact form with all its disclosures. */
export async function signCredential(state: ProviderState, offer: MintedOffer, holder: JWK): Promise<string> {
  const template = state.templates.get(offer.templateId);
  if (template === undefined) throw new Error(`the template ${offer.templateId} is gone`);
  const { signWithUnpublishedKey } = state.switches();
  const key = state.ledger.key(signWithUnpublishedKey ? unpublishedKey : `issuer:${template.issuer}`);
  const origin = state.origin();
  const iat = Math.floor(state.now() / 1000);
  const { revocation, templateId } = offer;
  const status = { status_list: { uri: statusListUri(origin, templateId), idx: revocation?.index ?? 0 } };
  const payload = {
    iss: issuerDid(origin, template.issuer),
    iat,
    ...(template.validDays === undefined ? {} : { exp: iat + template.validDays * 86_400 }),
    vct: template.vct,
    cnf: { jwk: holder },
    ...(revocation === null ? {} : { status }),
    ...offer.claims,
  };
  const instance = new SDJwtVcInstance({
    signer: key.sign,
    signAlg: 'ES256',
    hasher: digest,
    hashAlg: 'sha-256',
    saltGenerator: generateSalt,
  });
  // The library's type accepts only names in the payload's type; an empty tuple matches all types.
  const disclosable = { _sd: Object.keys(offer.claims) as [] };
  const header = { kid: issuerKeyId(origin, template.issuer) };
  return await instance.issue(payload, disclosable, { header });
}

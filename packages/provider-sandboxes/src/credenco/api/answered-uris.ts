/** The ids in answers, and the URIs in a mint's answer, well-formed or hostile according to the switches. */
import type { MintedOffer } from '../books/changes.ts';
import { describeOffer, offerUri } from '../issuer/credential-offer.ts';
import type { ProviderState } from '../provider-state.ts';
import type { CredencoSwitches } from '../switches.ts';

const defaultBase = 'openid-credential-offer://';
const metadataAddress = 'http://169.254.169.254/latest/meta-data/iam/security-credentials/';

function byReference(uri: string, base = defaultBase): string {
  return `${base}?credential_offer_uri=${encodeURIComponent(uri)}`;
}

/** `http://127.0.0.1:4021@elsewhere/…`: looks like our host, but is another host. */
function withUserinfo(origin: string, elsewhere: string, path: string): string {
  const { protocol, host } = new URL(origin);
  return `${protocol}//${host}@${elsewhere}${path}`;
}

/** The `request_uri` for an offer; `base` is the call's `request_uri_base`. */
export async function requestUriFor(
  state: ProviderState,
  offer: MintedOffer,
  base: string | undefined,
): Promise<string> {
  const { requestUri: form, elsewhere } = state.switches();
  const uri = offerUri(state.origin(), offer.id);
  const { pathname } = new URL(uri);
  const byLibrary = async (options: Parameters<typeof describeOffer>[2]) =>
    (await describeOffer(state, offer, { ...(base === undefined ? {} : { base }), ...options })).requestUri;
  const forms: Record<CredencoSwitches['requestUri'], () => string | Promise<string>> = {
    encoded: () => byLibrary({ uri }),
    unencoded: () => `${base ?? defaultBase}?credential_offer_uri=${uri}`,
    'own-query': () => `${base ?? defaultBase}?credential_offer_uri=${uri}?id=${offer.id}&form=short`,
    'other-host': () => byLibrary({ uri, base: 'https://customerwallet.com/' }),
    'other-scheme': () => byLibrary({ uri, base: 'customerwallet://offer' }),
    'double-encoded': () => byReference(encodeURIComponent(uri)),
    'by-value': () => byLibrary({}),
    'missing-parameter': () => `${defaultBase}?state=${offer.id}`,
    'not-a-uri': () => 'not a URI',
    'http-elsewhere': () => byReference(`http://${elsewhere}${pathname}`),
    'https-elsewhere': () => byReference(`https://${elsewhere}${pathname}`),
    userinfo: () => byReference(withUserinfo(state.origin(), elsewhere, pathname)),
    file: () => byReference('file:///etc/passwd'),
    'metadata-address': () => byReference(metadataAddress),
  };
  return await forms[form]();
}

/** The `correlation_id` of an answer. */
export function aboutId(correlationId: string, state: ProviderState): { correlation_id?: string } {
  const { answersAbout } = state.switches();
  if (answersAbout === 'nothing') return {};
  return { correlation_id: answersAbout === 'asked' ? correlationId : `not-${correlationId}` };
}

/** The `status_uri` for an issuance. */
export function statusUriFor(state: ProviderState, correlationId: string): string {
  const { statusUri: form, elsewhere } = state.switches();
  const origin = state.origin();
  const id = encodeURIComponent(correlationId);
  const path = `/api/v2/issue/${id}`;
  const forms: Record<CredencoSwitches['statusUri'], string> = {
    own: `${origin}${path}`,
    variant: `${origin}/api/v2/credential/issue/${id}`,
    'other-origin': `${new URL(origin).protocol}//${elsewhere}${path}`,
    userinfo: withUserinfo(origin, elsewhere, path),
    file: 'file:///etc/passwd',
    'metadata-address': metadataAddress,
  };
  return forms[form];
}

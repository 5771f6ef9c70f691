/** Senders with a token that is the same in every request. */
import { createHash } from 'node:crypto';
import type { Delivery } from '../../../lib/sources/proofs/proof.ts';
import type { ProofSettings } from '../../../lib/sources/proofs/settings/proof.ts';
import { jsonDelivery, type Signer, signer, textSecret } from './signer.ts';

function tokenSigner(
  proof: ProofSettings,
  with_: (token: string) => Record<string, string>,
  more: (token: string) => Partial<Delivery> = () => ({}),
  newKey: () => string = textSecret,
): Signer {
  return signer<string>({
    name: proof.scheme,
    scheme: proof.scheme,
    timed: false,
    covers: 'nothing',
    newKey,
    receiver: (tokens) => ({
      proof,
      secrets: tokens.map((token) => createHash('sha256').update(token).digest('hex')),
    }),
    send: (event, token) => ({ ...jsonDelivery(event, with_(token)), ...more(token) }),
  });
}

const user = () => `webhooks:${textSecret()}`;
const basic = (token: string) => ({ authorization: `Basic ${Buffer.from(token).toString('base64')}` });

export const tokenSigners: readonly Signer[] = [
  tokenSigner({ scheme: 'basic' }, basic, undefined, user),
  tokenSigner({ scheme: 'chargebee' }, basic, undefined, user),
  tokenSigner({ scheme: 'header-token', header: 'x-secret', prefix: 'Token ' }, (token) => ({
    'x-secret': `Token ${token}`,
  })),
  tokenSigner({ scheme: 'xendit' }, (token) => ({ 'x-callback-token': token })),
  tokenSigner({ scheme: 'gitlab' }, (token) => ({ 'x-gitlab-token': token })),
  tokenSigner({ scheme: 'okta' }, (token) => ({ authorization: token })),
  tokenSigner(
    { scheme: 'path-token' },
    () => ({}),
    (token) => ({ pathToken: token, url: `https://api.example.com/v1/events/shop/${token}` }),
  ),
];

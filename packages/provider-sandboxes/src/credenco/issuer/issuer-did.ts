/** The did:web of each issuer and the DID document that is served for it. */

import type { Operation } from '../../kit/operation.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { SigningKey } from '../books/signing-key.ts';
import type { ProviderState } from '../provider-state.ts';

/** `did:web:127.0.0.1%3A4021:issuer:<name>`; the method percent-encodes the port's colon. */
export function issuerDid(origin: string, name: string): string {
  return `did:web:${encodeURIComponent(new URL(origin).host)}:issuer:${name}`;
}

/** The DID URL of the key that signs; it is the `kid` of the header. */
export function issuerKeyId(origin: string, name: string): string {
  return `${issuerDid(origin, name)}#key-1`;
}

function didDocument(origin: string, name: string, key: SigningKey) {
  const id = issuerDid(origin, name);
  const keyId = issuerKeyId(origin, name);
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
    id,
    verificationMethod: [{ id: keyId, type: 'JsonWebKey2020', controller: id, publicKeyJwk: key.publicJwk }],
    assertionMethod: [keyId],
  };
}

/** `GET /issuer/{name}/did.json`, the address of the document for did:web. */
export function didDocumentOperation(state: ProviderState): Operation {
  return {
    name: 'did-document',
    method: 'GET',
    path: '/issuer/:name/did.json',
    handle: ({ params }) => {
      const name = params['name'] ?? '';
      if (!state.issuers.includes(name)) throw new Refusal(404, 'no such issuer');
      return { status: 200, json: didDocument(state.origin(), name, state.ledger.key(`issuer:${name}`)) };
    },
  };
}

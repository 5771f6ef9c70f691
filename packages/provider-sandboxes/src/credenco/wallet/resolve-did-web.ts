/** Finds the public key that a did:web publishes for signing credentials. */
import type { JWK } from 'jose';
import * as z from 'zod';
import { isLoopback } from './wallet-fetch.ts';

/** A key that may sign credentials in the DID's name, and the document that says so. */
export interface PublishedKey {
  readonly jwk: JWK;
  readonly didDocument: string;
}

const documentSchema = z.object({
  id: z.string(),
  verificationMethod: z.array(
    z.object({
      id: z.string(),
      publicKeyJwk: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
    }),
  ),
  assertionMethod: z.array(z.string()),
});

/** The address of a did:web document: https, or http on this machine, which the method itself does not define. */
export function didDocumentUrl(did: string): string {
  const [scheme, method, host = '', ...path] = did.split(':');
  if (scheme !== 'did' || method !== 'web' || host === '') throw new Error(`${did} is no did:web`);
  const authority = decodeURIComponent(host);
  const protocol = isLoopback(new URL(`http://${authority}`).hostname) ? 'http' : 'https';
  const folder = path.length === 0 ? '.well-known' : path.map(decodeURIComponent).map(encodeURIComponent).join('/');
  return `${protocol}://${authority}/${folder}/did.json`;
}

/** The key `kid` of `did`; throws if the document does not publish it for assertions. */
export async function resolveAssertionKey(did: string, kid: string, request: typeof fetch): Promise<PublishedKey> {
  const didDocument = didDocumentUrl(did);
  const response = await request(didDocument);
  if (!response.ok) throw new Error(`${didDocument} answers ${response.status}`);
  const { id, verificationMethod, assertionMethod } = documentSchema.parse(await response.json());
  if (id !== did) throw new Error(`${didDocument} is the document of ${id}`);
  const method = verificationMethod.find((candidate) => candidate.id === kid);
  if (method === undefined || !assertionMethod.includes(kid)) {
    throw new Error(`${didDocument} does not publish ${kid} for assertions`);
  }
  return { jwk: method.publicKeyJwk, didDocument };
}

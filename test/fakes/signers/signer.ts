/** A sender of webhooks in tests: it signs by itself, without the code and the presets that it tests. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Delivery } from '../../../lib/sources/proofs/proof.ts';
import type { ProofSettings } from '../../../lib/sources/proofs/settings/proof.ts';
import type { Sender } from '../senders.ts';

/** Keys are of the signer's own kind: a secret, a key pair. */
export interface Signer {
  name: string;
  /** The value of `scheme`. */
  scheme: ProofSettings['scheme'];
  /** Whether the proof has a time. */
  timed: boolean;
  /** What of the body the proof covers. */
  covers: 'body' | 'part' | 'nothing';
  newKey(): unknown;
  /** A source that accepts these keys. */
  receiver(keys: readonly unknown[]): { proof: ProofSettings; secrets: string[] };
  send(event: object, key: unknown, at: Date): Delivery | Promise<Delivery>;
}

/** With the types of its keys. */
export interface SignerOf<Key> extends Signer {
  newKey(): Key;
  receiver(keys: readonly Key[]): { proof: ProofSettings; secrets: string[] };
  send(event: object, key: Key, at: Date): Delivery | Promise<Delivery>;
}

export const signer = <Key>(one: SignerOf<Key>): Signer => one as Signer;

export const textSecret = () => randomBytes(24).toString('base64url');
export const seconds = (at: Date) => String(Math.floor(at.getTime() / 1000));
export const mac = (
  key: string | Buffer,
  content: string,
  encoding: 'hex' | 'base64' | 'base64url' = 'hex',
  algorithm = 'sha256',
) => createHmac(algorithm, key).update(content).digest(encoding);

/** A JSON delivery. */
export const jsonDelivery = (event: object, headers: Record<string, string>): Delivery => ({
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(JSON.stringify(event)),
  method: 'POST',
  url: 'https://api.example.com/v1/events/shop',
});

/** A signer with a shared secret, by the headers it sends with a body. */
export function secretSigner(
  name: string,
  proof: ProofSettings,
  timed: boolean,
  headers: (body: string, secret: string, at: Date) => Record<string, string>,
  newKey: () => string = textSecret,
): Signer {
  return signer<string>({
    name,
    scheme: proof.scheme,
    timed,
    covers: 'body',
    newKey,
    receiver: (secrets) => ({ proof, secrets: [...secrets] }),
    send: (event, secret, at) => jsonDelivery(event, headers(JSON.stringify(event), secret, at)),
  });
}

/** A sender that has its own package. */
export const fromSender = (sender: Sender): Signer =>
  signer<string>({
    name: sender.scheme,
    scheme: sender.proof.scheme,
    timed: sender.timestamped,
    covers: sender.scheme === 'bearer' ? 'nothing' : 'body',
    newKey: sender.newSecret,
    receiver: (secrets) => ({ proof: sender.proof, secrets: secrets.map(sender.kept) }),
    send: async (event, secret, at) => jsonDelivery(event, await sender.sign(JSON.stringify(event), secret, at)),
  });

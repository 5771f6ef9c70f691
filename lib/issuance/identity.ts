/** The identity of an issuance: names derived from the event, so that the same event is always the same issuance. */

import canonicalize from 'canonicalize';
import { type IssuanceId, isIssuanceId, issuanceId, type SlotKey, slotKey } from './ids.ts';
import type { Claims } from './issuance.ts';

import type { Program } from './program.ts';

interface CommonRequest {
  source: string;
  idempotencyKey: string;
  program: string;
  claims: Claims;
  /** RFC 3339, UTC, milliseconds. */
  occurredAt: string;
  /** The place of the event among its sender's events of the same time: digits of a fixed width. */
  order?: string;
}

/** A request that names its holder. */
export interface NamedRequest extends CommonRequest {
  holder: string;
  lookup?: never;
}

/** A request with the key by which the directory of its source knows the holder. */
export interface LookupRequest extends CommonRequest {
  lookup: string;
  holder?: never;
}

/** The request of a source, validated, with the holder in canonical form. */
export type IssuanceRequest = NamedRequest | LookupRequest;

export interface Identity {
  id: IssuanceId;
  slot: SlotKey;
  fingerprint: string;
}

/** Separates the parts of a name; it cannot be part of one (sources and programs are slugs, keys printable ASCII). */
const separator = '\n';

/** The id, slot and payload fingerprint of a request. */
export async function identify(request: IssuanceRequest, program: Program, pseudonyms: Pseudonyms): Promise<Identity> {
  const { source, idempotencyKey, claims, occurredAt } = request;
  const who = request.holder === undefined ? { lookup: request.lookup } : { holder: request.holder };
  const [name, fingerprint] = await Promise.all([
    pseudonyms.of('issuance', [source, idempotencyKey].join(separator)),
    pseudonyms.of('payload', canonical({ program: program.name, ...who, claims, occurredAt })),
  ]);
  const id = issuanceId(`iss_${name.slice(0, 27)}`);
  const slot = who.holder === undefined ? ownSlot(program, id) : await slotOf({ ...who, claims }, program, pseudonyms);
  return { id, slot, fingerprint };
}

/** Until its holder has been looked up, an issuance is in a slot that no other is in, and that is never written. */
function ownSlot(program: Program, id: IssuanceId): SlotKey {
  return slotKey(`${program.name}#${id}`);
}

/** The slot of a holder in canonical form, with the claims that widen it. */
export async function slotOf(
  { holder, claims }: Pick<NamedRequest, 'holder' | 'claims'>,
  program: Program,
  pseudonyms: Pseudonyms,
): Promise<SlotKey> {
  const distinguishing = program.slotBy.map((name) => canonical(claims[name] ?? null));
  return slotKey(`${program.name}#${await pseudonyms.of('holder', [holder, ...distinguishing].join(separator))}`);
}

/**
 * The order of the issuances of one slot: by the time of the event, then by its place in the sender's sequence, then by the
 * time of its acceptance. Compared as a string, so all parts have a fixed width. Without a place it comes before those that
 * have one, because a year sorts before the letter.
 */
export function rankOf(issuance: { occurredAt: string; order?: string; acceptedAt: string; id: string }): string {
  const { occurredAt, order, acceptedAt, id } = issuance;
  return [occurredAt, ...(order === undefined ? [] : [`n${order}`]), acceptedAt, id].join('#');
}

/** The id of the issuance that has this rank; undefined in what is no rank. */
export function idOfRank(rank: string): IssuanceId | undefined {
  const id = rank.slice(rank.lastIndexOf('#') + 1);
  return isIssuanceId(id) ? id : undefined;
}

/** JSON Canonicalization Scheme, RFC 8785: equal values give equal strings. */
function canonical(value: unknown): string {
  return canonicalize(value) ?? 'null';
}

/** Keyed hashes for values that must not be stored in clear text: holders, idempotency keys, payloads. */
export interface Pseudonyms {
  /** Base64url of an HMAC-SHA-256 over (purpose, value), 43 characters. */
  of(purpose: 'issuance' | 'holder' | 'payload' | 'fact', value: string): Promise<string>;
}

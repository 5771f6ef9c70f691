/** Strings that name different things, and must not take each other's place: each is made or read in one place. */

declare const brand: unique symbol;
type Brand<Name extends string> = string & { readonly [brand]: Name };

/** `iss_` and 27 characters derived from (source, idempotency key). */
export type IssuanceId = Brand<'issuance'>;

/** The name of a program, `#`, and a keyed hash of the holder. */
export type SlotKey = Brand<'slot'>;

/** Whether a string, wherever it came from, can be the id of an issuance. */
export function isIssuanceId(text: string): text is IssuanceId {
  return text.startsWith('iss_');
}

/** Whether a string can be the key of a slot. */
export function isSlotKey(text: string): text is SlotKey {
  return text.includes('#') && !isIssuanceId(text);
}

export function issuanceId(text: string): IssuanceId {
  if (!isIssuanceId(text)) throw new Error('An id of an issuance begins with iss_');
  return text;
}

export function slotKey(text: string): SlotKey {
  if (!isSlotKey(text)) throw new Error('The key of a slot has a # and is no id of an issuance');
  return text;
}

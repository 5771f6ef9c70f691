/** What counts as a holder's e-mail address, and when two of them are the same holder. */

const shape = /^[^\s@"<>()[\]\\,;:]{1,64}@[^\s@"<>()[\]\\,;:]+\.[^\s@"<>()[\]\\,;:.]+$/u;

/** Whether the value is an e-mail address of at most 254 characters; other scripts are allowed. */
export function isAddress(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 254 && value.isWellFormed() && shape.test(value);
}

/** The form under which a holder is kept: mail providers that tell upper from lower case have died out. */
export function sameHolderForm(address: string): string {
  return address.normalize('NFC').toLowerCase();
}

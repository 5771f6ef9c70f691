/** Which values are a holder's e-mail address, and when two addresses are the same holder. */

const shape = /^[^\s@"<>()[\]\\,;:]{1,64}@[^\s@"<>()[\]\\,;:]+\.[^\s@"<>()[\]\\,;:.]+$/u;

/** Whether the value is an e-mail address of at most 254 characters; other scripts are allowed. */
export function isAddress(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 254 && value.isWellFormed() && shape.test(value);
}

/** The stored form of a holder, in lower case: mail providers no longer distinguish case. */
export function sameHolderForm(address: string): string {
  return address.normalize('NFC').toLowerCase();
}

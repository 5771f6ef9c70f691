/** What the command line asks for is not possible; the message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

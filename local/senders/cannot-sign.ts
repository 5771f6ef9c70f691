/** An event cannot be signed as its source signs: the message says what is missing, and contains no secret. */
export class CannotSign extends Error {
  override readonly name = 'CannotSign';
}

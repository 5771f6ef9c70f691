/** A command has printed its result, and the result is a failure: the exit status is 1 and nothing more is said. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}

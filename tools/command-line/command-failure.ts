/** The result of a command is a failure and has been printed: the exit status is 1, and nothing more is printed. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}

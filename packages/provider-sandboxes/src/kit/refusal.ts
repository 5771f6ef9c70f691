/** The error that an operation throws to answer with a status and a message in the provider's error body. */

/** Ends a call with `status` and the provider's error body around `message`. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
  }
}

/** The error of an embedded service as it goes over the wire. */

/** An AWS error: `name` is the exception the SDK throws at the caller. */
export class ServiceError extends Error {
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** The error of an embedded service as it is sent to the client. */

/** An AWS error: `name` is the exception that the SDK throws. */
export class ServiceError extends Error {
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** The error class of the product: a stable code, and how the error is treated. */
import { describeCode, type ErrorCode, type ErrorKind } from './error-codes.ts';

export interface IssuanceErrorOptions {
  /** The field or the kind of problem; never a value from outside. */
  detail?: string;
  /** The waiting time that the other side requests, in seconds. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

export class IssuanceError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: IssuanceErrorOptions = {}) {
    const { title, kind } = describeCode(code);
    super(options.detail === undefined ? title : `${title}: ${options.detail}`, { cause: options.cause });
    this.name = 'IssuanceError';
    this.code = code;
    this.kind = kind;
    this.detail = options.detail;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Whether `error` is an IssuanceError of one of these kinds. */
export function isKind(error: unknown, ...kinds: ErrorKind[]): error is IssuanceError {
  return error instanceof IssuanceError && kinds.includes(error.kind);
}

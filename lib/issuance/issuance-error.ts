/** The one error class of the product: a stable code, and how it is to be treated. */
import { describeCode, type ErrorCode, type ErrorKind } from './error-codes.ts';

export interface IssuanceErrorOptions {
  /** Which field or what kind of thing is wrong; never a value that came from outside. */
  detail?: string;
  /** How long the other side asks to wait, in seconds. */
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

  /** Whether trying again by itself can help. */
  get retryable(): boolean {
    return this.kind === 'retry-later';
  }
}

/** Whether `error` is an IssuanceError of one of these kinds. */
export function isKind(error: unknown, ...kinds: ErrorKind[]): error is IssuanceError {
  return error instanceof IssuanceError && kinds.includes(error.kind);
}

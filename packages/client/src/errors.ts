/** What can go wrong, as types: the API's problem details, other answers, no answer, and a wait that took too long. */
import type { Code, Issuance, Problem } from './names.ts';

/** The API refused the request with problem details (RFC 9457). Match on `code`. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: Code;
  readonly title: string;
  /** The field or part that is wrong. */
  readonly detail: string | undefined;
  /** What the caller should do. */
  readonly advice: string;
  /** Quote it when you report a problem. */
  readonly requestId: string | undefined;

  constructor({ status, code, title, detail, advice }: Problem, requestId?: string) {
    super(detail === undefined ? title : `${title}: ${detail}`);
    this.name = 'ProblemError';
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.advice = advice;
    this.requestId = requestId;
  }
}

/** An answer that is not one of the API's own, such as API Gateway's 429 after all repeats. Its body is not kept. */
export class AnswerError extends Error {
  readonly status: number;
  readonly requestId: string | undefined;

  constructor(status: number, requestId?: string) {
    super(`The API answered with HTTP status ${status} and without problem details`);
    this.name = 'AnswerError';
    this.status = status;
    this.requestId = requestId;
  }
}

/** No answer arrived, after all repeats. The request may have been accepted: repeat it later with the same idempotency key. */
export class NoAnswerError extends Error {
  constructor(cause: unknown) {
    super('The API did not answer', { cause });
    this.name = 'NoAnswerError';
  }
}

/** The issuance has not ended by the deadline. It goes on: wait again, or let an event report its end. */
export class NotEndedError extends Error {
  /** The issuance as it was last. */
  readonly issuance: Issuance;

  constructor(issuance: Issuance) {
    super(`The issuance has not ended by the deadline; its status is ${issuance.status}`);
    this.name = 'NotEndedError';
    this.issuance = issuance;
  }
}

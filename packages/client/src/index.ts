/** Typed client of the HTTP API. */
export {
  type CallOptions,
  type ClientSettings,
  type IssueOnBehalf,
  type IssueOptions,
  issueOnBehalf,
} from './client.ts';
export { AnswerError, NoAnswerError, NotEndedError, ProblemError } from './errors.ts';
export type { Code, Issuance, IssuanceRequest, Problem, Status } from './names.ts';
export type { Timing } from './timing.ts';
export type { WaitOptions } from './wait.ts';

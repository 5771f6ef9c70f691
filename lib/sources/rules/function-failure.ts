/** A failure of one of our own functions, in the form of JSONata's own failures: a code and the function's name. */

/** JSONata's code for an argument of a wrong type, and codes of our own. */
export type FunctionFailureCode = 'T0410' | 'D9001' | 'D9002';

export class FunctionFailure extends Error {
  override readonly name = 'FunctionFailure';
  readonly code: FunctionFailureCode;
  readonly token: string;

  constructor(code: FunctionFailureCode, token: string) {
    super(code);
    this.code = code;
    this.token = token;
  }
}

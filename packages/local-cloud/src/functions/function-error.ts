/** The error of a failed function, in Lambda's form. */

/** `name` is Lambda's error type; `message` is the JSON of Lambda's answer, as Step Functions passes it on. */
export class FunctionError extends Error {
  readonly functionName: string;
  readonly errorType: string;
  readonly errorMessage: string;

  constructor(functionName: string, errorType: string, errorMessage: string, trace: string[] = []) {
    super(JSON.stringify({ errorType, errorMessage, trace }));
    this.name = errorType;
    this.functionName = functionName;
    this.errorType = errorType;
    this.errorMessage = errorMessage;
  }
}

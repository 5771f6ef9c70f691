/** The error for everything in a template that the local run does not support. */

/** The place of a problem in an assembly. */
export interface TemplatePlace {
  stack: string;
  id: string;
  type: string;
}

/** Names the resource and the unsupported part, so that nothing runs differently here than in AWS. */
export class TemplateError extends Error {
  readonly code = 'TEMPLATE_NOT_UNDERSTOOD';

  constructor(place: TemplatePlace, problem: string) {
    super(`${place.stack}/${place.id} (${place.type}): ${problem}`);
    this.name = 'TemplateError';
  }
}

/** The one error for everything in a template that the local run does not understand. */

/** Where in an assembly a problem lies. */
export interface TemplatePlace {
  stack: string;
  id: string;
  type: string;
}

/** Says what in which resource is not understood, so that nothing runs differently here than in the cloud. */
export class TemplateError extends Error {
  readonly code = 'TEMPLATE_NOT_UNDERSTOOD';

  constructor(place: TemplatePlace, problem: string) {
    super(`${place.stack}/${place.id} (${place.type}): ${problem}`);
    this.name = 'TemplateError';
  }
}

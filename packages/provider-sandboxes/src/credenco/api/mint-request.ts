/** The body of `POST /api/v2/credential/issue`, checked. */
import type { SandboxRequest } from '../../kit/operation.ts';
import { Refusal } from '../../kit/refusal.ts';
import { type Fields, fieldsOf, isObject, textField } from '../json-fields.ts';
import type { CheckedTemplate, ProviderState } from '../provider-state.ts';

/** A valid body. */
export interface MintRequest {
  readonly correlationId: string;
  readonly template: CheckedTemplate;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly requestUriBase: string | undefined;
}

function requestUriBaseOf(fields: Fields): string | undefined {
  const base = fields['request_uri_base'];
  if (base === undefined) return undefined;
  if (typeof base === 'string' && URL.canParse(base)) return base;
  throw new Refusal(400, 'request_uri_base must be a URI');
}

/** Call-backs are for other flows: their form is checked, but they are not called. */
function checkCallback({ callback }: Fields): void {
  if (callback === undefined) return;
  if (isObject(callback) && typeof callback['status'] === 'string' && URL.canParse(String(callback['url']))) return;
  throw new Refusal(400, 'callback must have status and url');
}

/** Reads and checks the body; throws a Refusal (400, 404, 413 or 415) that names the field. */
export function readMintRequest(request: SandboxRequest, state: ProviderState): MintRequest {
  const fields = fieldsOf(request);
  const correlationId = textField(fields, 'correlation_id');
  const template = state.templates.get(textField(fields, 'template_id'));
  if (template === undefined) throw new Refusal(404, 'template_id is unknown');
  const requestUriBase = requestUriBaseOf(fields);
  checkCallback(fields);
  const { claims } = fields;
  const wrong = template.check(claims);
  if (wrong !== null) throw new Refusal(400, wrong);
  return { correlationId, template, claims: claims as MintRequest['claims'], requestUriBase };
}

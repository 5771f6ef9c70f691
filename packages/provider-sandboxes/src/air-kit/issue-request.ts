/** The body of an issue call, checked in the order in which the provider answers. */
import type { SandboxRequest } from '../kit/operation.ts';
import { parseJson } from '../kit/read-body.ts';
import { Refusal } from '../kit/refusal.ts';
import type { CheckedProgram, ProviderState } from './provider-state.ts';

/** A valid body. */
export interface IssueRequest {
  readonly program: CheckedProgram;
  readonly claims: Record<string, unknown>;
  readonly onDuplicate: 'revoke' | 'ignore';
}

function fieldsOf(request: SandboxRequest): Record<string, unknown> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new Refusal(400, 'content-type must be application/json');
  if (request.oversized) throw new Refusal(413, 'the body is too large');
  const body = parseJson(request.body);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  throw new Refusal(400, 'the body must be a JSON object');
}

function text(fields: Record<string, unknown>, name: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new Refusal(400, `${name} is missing or not a string`);
}

function onDuplicateOf(fields: Record<string, unknown>): 'revoke' | 'ignore' {
  const value = fields['onDuplicate'] ?? 'revoke';
  if (value === 'revoke' || value === 'ignore') return value;
  throw new Refusal(400, 'onDuplicate must be "revoke" or "ignore"');
}

function programOf(issuerDid: string, credentialId: string, programs: ProviderState['programs']): CheckedProgram {
  if (![...programs.values()].some((program) => program.issuerDid === issuerDid)) {
    throw new Refusal(404, 'issuerDid is unknown');
  }
  const program = programs.get(credentialId);
  if (program === undefined) throw new Refusal(404, 'credentialId is unknown');
  if (program.issuerDid !== issuerDid) throw new Refusal(403, 'the program belongs to another issuer');
  if (!program.published) throw new Refusal(404, 'the program is not published');
  return program;
}

/** Reads and checks the body; throws a Refusal (400, 403, 404 or 413) that names the field. */
export function readIssueRequest(request: SandboxRequest, state: ProviderState): IssueRequest {
  const fields = fieldsOf(request);
  if (!state.switches().issueOnBehalfAllowed) throw new Refusal(403, 'issueOnBehalf is not allowed');
  const issuerDid = text(fields, 'issuerDid');
  const credentialId = text(fields, 'credentialId');
  const onDuplicate = onDuplicateOf(fields);
  const program = programOf(issuerDid, credentialId, state.programs);
  const claims = fields['credentialSubject'];
  const wrong = program.check(claims);
  if (wrong !== null) throw new Refusal(400, wrong);
  return { program, claims: claims as Record<string, unknown>, onDuplicate };
}

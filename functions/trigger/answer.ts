/** Answers with a JSON body, which no cache may keep. */
import { routes } from '../../lib/config/routes.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import { viewOf } from '../../lib/issuance/view.ts';
import type { Answer, RoutedRequest } from './operation.ts';

export function json(statusCode: number, body: unknown, headers: Record<string, string> = {}): Answer {
  const common = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return { statusCode, headers: { ...common, ...headers }, body: JSON.stringify(body) };
}

/** An issuance that is durable and queued: by this request, or by an earlier one with the same key. */
export function accepted(
  { issuance, replay }: { issuance: Issuance; replay: boolean },
  { basePath }: RoutedRequest,
  more: object = {},
): Answer {
  const location = `${basePath}${routes.show.path.replace('{id}', issuance.id)}`;
  return json(202, { ...viewOf(issuance), ...more }, { location, ...(replay && { 'idempotent-replayed': 'true' }) });
}

/** `GET /v1/openapi.json`: the description of this API. */
import type { Answer, RoutedRequest, TriggerPorts } from '../operation.ts';

export async function openapi(_request: RoutedRequest, { apiDocument }: TriggerPorts): Promise<Answer> {
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: apiDocument() };
}

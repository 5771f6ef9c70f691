/** `GET /v1/health`: whether the API answers. */
import { json } from '../json-body.ts';
import type { Answer } from '../operation.ts';

export async function health(): Promise<Answer> {
  return json(200, { status: 'ok' });
}

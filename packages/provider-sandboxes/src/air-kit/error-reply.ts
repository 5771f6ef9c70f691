/** The provider's error body. */
import type { Reply } from '../kit/operation.ts';

/** `{"error": <status>, "message": "…"}`. */
export function errorReply(status: number, message: string): Reply {
  return { status, json: { error: status, message } };
}

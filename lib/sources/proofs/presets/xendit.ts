/**
 * Xendit: a token that is the same in every request.
 * https://docs.xendit.co/docs/handling-webhooks
 */
import type { HeaderTokenSettings } from '../settings/proof.ts';

export const xendit: HeaderTokenSettings = { scheme: 'header-token', header: 'x-callback-token' };

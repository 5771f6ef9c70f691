/**
 * Okta event hooks: the whole value of the header `authorization`, as it is set there.
 * https://developer.okta.com/docs/concepts/event-hooks/
 */
import type { HeaderTokenSettings } from '../settings/proof.ts';

export const okta: HeaderTokenSettings = { scheme: 'header-token', header: 'authorization' };

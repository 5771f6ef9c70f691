/**
 * GitLab: the secret token of the webhook, the same in every request.
 * https://docs.gitlab.com/user/project/integrations/webhooks/
 */
import type { HeaderTokenSettings } from '../settings/proof.ts';

export const gitlab: HeaderTokenSettings = { scheme: 'header-token', header: 'x-gitlab-token' };

/** The challenges of known senders: each is data, from the sender's own documentation. */
import { dropbox } from './presets/dropbox.ts';
import { eventGrid } from './presets/event-grid.ts';
import { meta } from './presets/meta.ts';
import { microsoftGraph } from './presets/microsoft-graph.ts';
import { okta } from './presets/okta.ts';
import { slack } from './presets/slack.ts';
import { twitch } from './presets/twitch.ts';
import { zoom } from './presets/zoom.ts';
import type { ChallengeSettings, CustomChallenge, challengeKinds } from './settings.ts';

const presets: Record<(typeof challengeKinds)[number], CustomChallenge> = {
  slack,
  zoom,
  twitch,
  okta,
  dropbox,
  'event-grid': eventGrid,
  'microsoft-graph': microsoftGraph,
};

/** What these settings stand for; undefined for the OPTIONS of CloudEvents. */
export function customChallenge(settings: ChallengeSettings): CustomChallenge | undefined {
  if (settings.kind === 'custom') return settings;
  if (settings.kind === 'meta') return meta(settings.tokenSha256);
  return settings.kind === 'cloud-events' ? undefined : presets[settings.kind];
}

/** Prints received events as JSON, one object per line. */
import type { ListenView } from './listening.ts';

export function jsonView(print: (line: string) => void): ListenView {
  const write = (what: string, value: object) => print(JSON.stringify({ what, ...value }));
  return {
    heard: (event) => write('event', event),
    again: (events, at) => write('again', { at, events }),
    unusable: (message) => write('configuration-unusable', { message }),
  };
}

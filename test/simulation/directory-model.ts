/** The directory of a business: it knows most holders by a key, is sometimes slow, and sometimes fails. */
import type { ErrorCode } from '../../lib/issuance/error-codes.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { Directories } from '../../lib/submit/directories.ts';
import { callMs, mark } from './settings.ts';
import type { VirtualProcess } from './virtual-process.ts';
import type { BusinessEvent } from './workload.ts';
import type { World } from './world.ts';

/** The key by which the directory knows a holder. */
export function keyOfHolder(holder: string): string {
  return `key of ${holder}`;
}

const failures: readonly ErrorCode[] = ['lookup-unavailable', 'lookup-refused', 'lookup-answer-unusable'];

/** In no directory. */
export const strangersKey = `key of nobody.${mark}`;

/** How often an event without its holder is about somebody whom the directory does not know. */
const strangers = 0.05;

/** Has a third of the events of half of the seeds looked up. */
export function drawLookups(events: readonly BusinessEvent[], { lookupRandom: random }: World): void {
  if (!random.chance(0.5)) return;
  for (const event of events) {
    if (event.source !== 'shop' || !random.chance(0.33)) continue;
    event.lookup = random.chance(strangers) ? strangersKey : keyOfHolder(event.holder);
  }
}

export function directoriesOf(process: VirtualProcess, world: World): Directories {
  const { weather, timeline, lookupRandom: random } = world;
  const answer = async (key: string): Promise<{ holder: string } | { code: ErrorCode }> => {
    if (weather.strikes('lookup-failed', timeline.now, 2)) return { code: random.pick(failures) };
    if (key === strangersKey) return { code: 'holder-not-found' };
    const holder = key.slice(keyOfHolder('').length);
    return { holder: random.chance(0.2) ? holder.toUpperCase() : holder };
  };
  return {
    async find(_source, key) {
      if (weather.strikes('lookup-slow', timeline.now)) {
        await new Promise<void>((done) => timeline.after(random.between(1000, callMs), done));
      }
      const found = await process.call('directories.find', () => answer(key));
      if ('code' in found) throw new IssuanceError(found.code);
      return found.holder;
    },
  };
}

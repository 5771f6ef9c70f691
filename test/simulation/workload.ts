/** What is asked for in a run: a few events for a few holders, with repeats, late ones, ties and contradictions. */
import type { Random } from './random.ts';
import { mark, start } from './settings.ts';

export type ProgramName = 'tier' | 'badge';

/** A business event; the same key is always the same event. */
export interface BusinessEvent {
  key: string;
  source: 'shop' | 'queue';
  program: ProgramName;
  /** Canonical. */
  holder: string;
  occurredAt: string;
  /** Sent in place of the holder. */
  lookup?: string;
  /** The provider refuses its claims, whenever it is asked. */
  unfit: boolean;
}

/** One time that an event is sent. */
export interface Sending {
  event: BusinessEvent;
  /** After the start of the run. */
  atMs: number;
  body: { program: string; holder: string; claims: Record<string, string>; occurredAt: string };
}

export interface Workload {
  events: BusinessEvent[];
  sendings: Sending[];
}

const hour = 3_600_000;

export function drawWorkload(random: Random): Workload {
  const holders = Array.from(
    { length: random.between(1, random.pick([1, 2, 4])) },
    (_, n) => `h${n}.${mark}@x.example`,
  );
  const programs: ProgramName[] = random.pick([['tier'], ['tier'], ['badge'], ['tier', 'badge']]);
  const spreadMs = random.pick([2_000, 60_000, 600_000]);
  const times = Array.from({ length: random.pick([2, 8]) }, () => start - random.between(1, hour));
  const events = Array.from({ length: random.between(2, 8) }, (_, n): BusinessEvent => {
    const source = random.chance(0.25) ? 'queue' : 'shop';
    const occurredAt = new Date(random.pick(times)).toISOString();
    const unfit = random.chance(0.06);
    return { key: `e${n}`, source, program: random.pick(programs), holder: random.pick(holders), occurredAt, unfit };
  });
  const sendings = events.flatMap((event) => {
    const copies = 1 + (random.chance(0.3) ? random.between(1, 2) : 0);
    return Array.from({ length: copies }, (_, copy) => drawSending(event, copy, spreadMs, random));
  });
  return { events, sendings };
}

function drawSending(event: BusinessEvent, copy: number, spreadMs: number, random: Random): Sending {
  const contradicts = copy > 0 && random.chance(0.25);
  const claims = { event: event.key, variant: contradicts ? `${copy}` : '0', secret: mark, fit: String(!event.unfit) };
  const holder = random.chance(0.2) ? event.holder.toUpperCase() : event.holder;
  const body = { program: event.program, holder, claims, occurredAt: event.occurredAt };
  return { event, atMs: random.between(0, spreadMs), body };
}

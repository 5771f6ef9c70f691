/** The model's time: whole ticks, written as the records write them, so that the product's rules can compare them. */

const start = Date.UTC(2026, 0, 1);
export const tickMs = 1000;
const written: string[] = [];
const ticks = new Map<string, number>();

export function at(tick: number): string {
  const known = written[tick];
  if (known !== undefined) return known;
  const time = new Date(start + tick * tickMs).toISOString();
  written[tick] = time;
  ticks.set(time, tick);
  return time;
}

/** Also for a time that a rule of the product has made from one of ours. */
export function tickOf(time: string): number {
  return ticks.get(time) ?? (Date.parse(time) - start) / tickMs;
}

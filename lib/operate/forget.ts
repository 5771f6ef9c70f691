/** Drops holder and claims of an issuance at rest. The record stays: it stops late replays. */
import type { Clock } from '../issuance/ports.ts';
import { forgotten, type Nameless, type Retained } from '../issuance/transitions/operation.ts';
import { type WritePorts, write } from '../issuance/write.ts';

/** The record without them; undefined when somebody else was faster. */
export async function forget(issuance: Retained, ports: WritePorts & { clock: Clock }): Promise<Nameless | undefined> {
  const written = await write(forgotten(issuance, ports.clock.now()), ports);
  if (written !== undefined) ports.log.write({ event: 'personal-data-dropped', id: issuance.id });
  return written;
}

/** Deletes holder and claims of an issuance that has ended or is parked. The record remains, because it prevents late replays. */
import type { Clock } from '../issuance/ports.ts';
import { forgotten, type Nameless, type Retained } from '../issuance/transitions/operation.ts';
import { type WritePorts, write } from '../issuance/write.ts';

/** The record without them; undefined if another process wrote it first. */
export async function forget(issuance: Retained, ports: WritePorts & { clock: Clock }): Promise<Nameless | undefined> {
  const written = await write(forgotten(issuance, ports.clock.now()), ports);
  if (written !== undefined) ports.log.write({ event: 'personal-data-dropped', id: issuance.id });
  return written;
}

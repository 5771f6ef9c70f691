/** Erases one record: deletes holder and claims, and the provider's ids of the credential; keeps what prevents replays. */
import { type Issuance, type IssuanceIn, isIn, type Receipt } from '../issuance/issuance.ts';
import type { Clock } from '../issuance/ports.ts';
import type { StatusWith } from '../issuance/status.ts';
import { erased, type Nameless } from '../issuance/transitions/operation.ts';
import { type PublishPorts, write } from '../issuance/write.ts';
import type { Erasure } from './erasure.ts';
import { forget } from './forget.ts';

export interface EraseRecordPorts extends PublishPorts {
  clock: Clock;
  erasure: Pick<Erasure, 'forgetCredential'>;
}

/** A credential at the provider, with the provider's ids: after their removal, nothing here identifies it. */
export interface LeftAtProvider {
  id: string;
  program: string;
  receipt: Receipt;
}

export interface EraseWish {
  /** Only count. */
  dryRun: boolean;
  /** Called for each credential before its ids are removed, so that they are not lost if the work is interrupted. */
  hear(left: LeftAtProvider): void;
}

export interface ErasedRecord {
  /** Nothing, or not everything, was changed: the issuance is in progress at a provider, or was written in the meantime. */
  underWay: boolean;
  /** Holder and claims were deleted. */
  dropped: boolean;
  /** It was waiting, and has ended. */
  ended: boolean;
  /** The provider's ids of its credential were removed. */
  forgot: boolean;
}

const untouched: ErasedRecord = { underWay: false, dropped: false, ended: false, forgot: false };
const underWay: ErasedRecord = { ...untouched, underWay: true };

export async function eraseRecord(
  issuance: Issuance,
  { dryRun, hear }: EraseWish,
  ports: EraseRecordPorts,
): Promise<ErasedRecord> {
  if (isIn(issuance, 'occupiesSlot', true)) return underWay;
  const current = dryRun ? undefined : await nameless(issuance, ports);
  if (current === undefined && !dryRun) return underWay;
  const done = { ...untouched, dropped: issuance.claims !== undefined, ended: issuance.status === 'queued' };
  const { id, program, receipt, knownAs } = issuance;
  if (receipt === undefined && knownAs === undefined) return done;
  if (receipt !== undefined) hear({ id, program, receipt });
  const forgot = current === undefined || (await ports.erasure.forgetCredential(current));
  return { ...done, forgot, underWay: !forgot };
}

/** The record without holder and claims; undefined if another process wrote it first. */
async function nameless(
  issuance: IssuanceIn<StatusWith<'occupiesSlot', false>>,
  ports: EraseRecordPorts,
): Promise<Nameless | undefined> {
  if (issuance.claims === undefined) return issuance;
  if (issuance.status !== 'queued') return forget(issuance, ports);
  const written = await write(erased(issuance, ports.clock.now()), ports);
  if (written !== undefined) ports.log.write({ event: 'personal-data-dropped', id: issuance.id });
  return written;
}

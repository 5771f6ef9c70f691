/** Erases one record: holder and claims go, and the provider's ids of the credential; what stops replays stays. */
import { never } from '../issuance/due.ts';
import type { Issuance, Receipt } from '../issuance/issuance.ts';
import { type Changes, type MovePorts, move, rewrite } from '../issuance/move.ts';
import { occupiesSlot } from '../issuance/status.ts';
import type { Erasure } from './erasure.ts';

export interface EraseRecordPorts extends MovePorts {
  erasure: Pick<Erasure, 'forgetCredential'>;
}

/** A credential at the provider, by the ids it gave: once they are removed nothing here names it. */
export interface LeftAtProvider {
  id: string;
  program: string;
  receipt: Receipt;
}

export interface EraseWish {
  /** Only count. */
  dryRun: boolean;
  /** Is told of each credential before its ids are removed, so that they are not lost when the work is broken off. */
  hear(left: LeftAtProvider): void;
}

export interface ErasedRecord {
  /** Nothing was changed, or not all: a provider is being asked to carry it out, or somebody wrote it meanwhile. */
  underWay: boolean;
  /** Holder and claims were dropped. */
  dropped: boolean;
  /** It waited, and will not happen any more. */
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
  if (occupiesSlot(issuance.status)) return underWay;
  const names = issuance.holder !== undefined;
  const ended = names && issuance.status === 'queued';
  const current = names && !dryRun ? await drop(issuance, ports) : issuance;
  if (current === undefined) return underWay;
  const done = { ...untouched, dropped: names, ended };
  const { id, program, receipt, knownAs } = current;
  if (receipt === undefined && knownAs === undefined) return done;
  if (receipt !== undefined) hear({ id, program, receipt });
  const forgot = dryRun || (await ports.erasure.forgetCredential(current));
  return { ...done, forgot, underWay: !forgot };
}

/** The record without holder and claims; undefined when somebody else was faster. */
async function drop(issuance: Issuance, ports: MovePorts): Promise<Issuance | undefined> {
  const dropped: Changes = { dueAt: never, holder: undefined, claims: undefined, progress: undefined };
  const written =
    issuance.status === 'queued'
      ? await move(issuance, 'failed', { ...dropped, reason: { code: 'holder-erased' } }, ports)
      : await rewrite(issuance, dropped, ports);
  if (written !== undefined) ports.log.write({ event: 'personal-data-dropped', id: issuance.id });
  return written;
}

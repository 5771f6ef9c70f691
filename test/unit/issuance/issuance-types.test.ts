/** What does not compile: a record that lacks what its status promises, and a step that the life cycle does not have. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import { issuanceId, slotKey } from '../../../lib/issuance/ids.ts';
import type { Issuance, IssuanceIn, PersonalData, ToLookUp } from '../../../lib/issuance/issuance.ts';
import type { IssuanceStore } from '../../../lib/issuance/issuance-store.ts';
import type { SlotStore } from '../../../lib/issuance/slot.ts';
import { confirmed } from '../../../lib/issuance/transitions/confirmation.ts';
import { superseded, uncertain } from '../../../lib/issuance/transitions/ends.ts';
import { queuedAgain } from '../../../lib/issuance/transitions/operation.ts';
import { enter } from '../../../lib/issuance/transitions/step.ts';
import { begun, submitted } from '../../../lib/issuance/transitions/submission.ts';
import { type PublishPorts, type WritePorts, write } from '../../../lib/issuance/write.ts';
import type { CircuitBreaker } from '../../../lib/submit/circuit-breaker/ports.ts';
import { issuanceIn } from '../../fakes/issuance-in.ts';

const now = new Date();
const dueAt = now.toISOString();
const attempt = { number: 1, fence: 1 };
const reason = { code: 'outcome-unknown' } as const;
const onChain = { assurance: 'on-chain', receipt: {} } as const;

/** Compiled, never called. */
const compiled = (_never: () => unknown) => undefined;

describe('a record', () => {
  test('has what its status promises', () => {
    const { receipt: _receipt, ...unreceipted } = issuanceIn('submitted');
    // @ts-expect-error: one that is submitted has a receipt
    compiled((): IssuanceIn<'submitted'> => unreceipted);
    const { attempt: _attempt, ...unattempted } = issuanceIn('submitting');
    // @ts-expect-error: one that is being submitted has an attempt
    compiled((): IssuanceIn<'submitting'> => unattempted);
    // @ts-expect-error: … whose outcome is open
    compiled((): IssuanceIn<'submitting'> => ({ ...unattempted, attempt }));
    const { assurance: _assurance, ...unassured } = issuanceIn('confirmed');
    // @ts-expect-error: one that is confirmed has an assurance
    compiled((): IssuanceIn<'confirmed'> => unassured);
    const { reason: _reason, ...unexplained } = issuanceIn('failed');
    // @ts-expect-error: one that failed has a reason
    compiled((): IssuanceIn<'failed'> => unexplained);
    const { receipt: _lost, ...unasked } = issuanceIn('unconfirmed');
    // @ts-expect-error: one that is unconfirmed is asked about by its receipt, as long as its holder is known
    compiled((): IssuanceIn<'unconfirmed'> => unasked);
  });

  test('has personal data by the trait of its status', () => {
    expectTypeOf<IssuanceIn<'confirmed'>['holder']>().toEqualTypeOf<undefined>();
    expectTypeOf<IssuanceIn<'submitting' | 'submitted'>>().toExtend<PersonalData>();
    expectTypeOf<IssuanceIn<'queued'>>().toExtend<PersonalData | ToLookUp>();
    expectTypeOf<IssuanceIn<'failed'>['holder']>().toEqualTypeOf<string | undefined>();
    // @ts-expect-error: one that is confirmed has no holder
    compiled((): IssuanceIn<'confirmed'> => ({ ...issuanceIn('confirmed'), holder: 'ada@example.com', claims: {} }));
    // @ts-expect-error: holder and claims are kept and dropped together
    compiled((): Issuance => ({ ...issuanceIn('failed'), claims: undefined }));
  });

  test('has nothing of another status', () => {
    expectTypeOf<IssuanceIn<'submitted'>['reason']>().toEqualTypeOf<undefined>();
    expectTypeOf<IssuanceIn<'queued'>['assurance']>().toEqualTypeOf<undefined>();
    expectTypeOf<IssuanceIn<'superseded'>['waiting']>().toEqualTypeOf<undefined>();
  });
});

describe('a step', () => {
  test('that the table lacks does not exist', () => {
    // @ts-expect-error: one that is queued is not confirmed
    compiled(() => confirmed(issuanceIn('queued'), onChain, now));
    // @ts-expect-error: one that is submitted is not superseded
    compiled(() => superseded(issuanceIn('submitted'), { reason, dueAt }, now));
    // @ts-expect-error: one that is submitted is not uncertain
    compiled(() => uncertain(issuanceIn('submitted'), { reason, attempt, dueAt }, now));
    // @ts-expect-error: what is confirmed stays so
    compiled(() => enter(issuanceIn('confirmed'), 'failed', now));
    // @ts-expect-error: one that is queued is begun before it is submitted
    compiled(() => enter(issuanceIn('queued'), 'submitted', now));
  });

  test('needs what it is made of', () => {
    const submission = { knownAs: 'r' };
    // @ts-expect-error: the provider gives a receipt
    compiled(() => submitted(issuanceIn('submitting'), submission, { attempt, dueAt }, now));
    // @ts-expect-error: an attempt begins open
    compiled(() => begun(issuanceIn('queued'), { attempt, follows: undefined, dueAt }, now));
    const again = { queuedAt: dueAt, dueAt, progress: {} };
    // @ts-expect-error: its holder may be forgotten, and without it cannot be queued again
    compiled((failed?: IssuanceIn<'failed'>) => failed && queuedAgain(failed, again, now));
  });

  test('to a rest cannot be written without publishing it', () => {
    const rests = confirmed(issuanceIn('submitted'), onChain, now);
    // @ts-expect-error: it needs an announcer
    compiled((ports?: WritePorts) => ports && write(rests, ports));
    compiled((ports?: PublishPorts) => ports && write(rests, ports));
  });
});

describe('a name', () => {
  test('does not take the place of another', () => {
    const { id, slot } = issuanceIn('queued');
    // @ts-expect-error: the key of a slot is no id
    compiled((store?: IssuanceStore) => store?.get(slot));
    // @ts-expect-error: an id is no key of a slot
    compiled((slots?: SlotStore) => slots?.get(id));
    // @ts-expect-error: a string is no id before it was looked at
    compiled((store?: IssuanceStore) => store?.get('iss_1'));
    // @ts-expect-error: a breaker is asked about a program, then about an id
    compiled((circuits?: CircuitBreaker) => circuits?.admit(id, 'program-a'));
  });

  test('is made only of what looks like it', () => {
    expect(() => issuanceId('program-a#holder')).toThrow('begins with iss_');
    expect(() => slotKey('iss_1#')).toThrow('no id');
    expect(() => slotKey('program-a')).toThrow('has a #');
  });
});

/** The application that runs a local cloud sees invocations, and cannot affect them. */
import { expect, it } from 'vitest';
import { type Invocation, observed } from '../src/functions/observed.ts';

const failure = new Error('the function failed');
const invoke = async (_name: string, event: unknown) => {
  if (event === 'bad') throw failure;
  return `answer to ${String(event)}`;
};

it('shows the event and the result, also of a function that failed', async () => {
  const seen: Invocation[] = [];
  const run = observed(invoke, (one) => void seen.push(one));
  expect(await run('trigger', 'good')).toBe('answer to good');
  await expect(run('trigger', 'bad')).rejects.toBe(failure);
  expect(seen).toEqual([
    { functionName: 'trigger', event: 'good', result: 'answer to good' },
    { functionName: 'trigger', event: 'bad', result: undefined },
  ]);
});

it('an observer that fails does not fail the invocation', async () => {
  const run = observed(invoke, () => {
    throw new Error('the observer failed');
  });
  expect(await run('trigger', 'good')).toBe('answer to good');
  await expect(run('trigger', 'bad')).rejects.toBe(failure);
});

/** Starts executions of the poller's first state machine. */
import { randomUUID } from 'node:crypto';
import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { PollerState } from '../confirm/poller-state.ts';
import type { PollerStarter } from '../issuance/ports.ts';

export function pollers(client: SFNClient, stateMachineArn: string, now: () => Date): PollerStarter {
  return {
    async start(ids) {
      const input: PollerState = { ids, startedAt: now().toISOString(), round: 0, holds: {} };
      // The name is created once per start: if the client repeats a call whose answer was lost, the name already exists. Only
      // STANDARD machines refuse it; a second EXPRESS execution requests each status twice, which changes nothing.
      const command = new StartExecutionCommand({ stateMachineArn, name: randomUUID(), input: JSON.stringify(input) });
      try {
        await client.send(command);
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
  };
}

/** The exports for a sandbox of another provider. */
export { createCallLog } from './call-log.ts';
export type { FaultRuleInput } from './fault-rule.ts';
export type { Operation, SandboxRequest } from './operation.ts';
export { parseJson } from './read-body.ts';
export { Refusal } from './refusal.ts';
export { startSandboxServer } from './sandbox-server.ts';
export { createSwitchboard, type Switchboard } from './switchboard.ts';

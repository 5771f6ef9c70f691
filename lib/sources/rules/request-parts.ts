/** The parts of a request, each an expression of a rule. */
export const requestParts = ['program', 'holder', 'lookup', 'claims', 'occurredAt', 'order', 'idempotencyKey'] as const;

export type RequestPart = (typeof requestParts)[number];

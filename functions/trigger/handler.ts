/** The HTTP API: from a gateway event to an answer. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Answer, TriggerPorts } from './operation.ts';
import { perform } from './operations.ts';
import { refuse } from './refusal.ts';
import { findRoute } from './router.ts';

/** Answers every request; whatever goes wrong is a problem detail. */
export async function trigger(event: APIGatewayProxyEventV2, ports: TriggerPorts): Promise<Answer> {
  try {
    const { id, request } = findRoute(event);
    return await perform(id, request, ports);
  } catch (error) {
    return refuse(error, event, ports.log);
  }
}

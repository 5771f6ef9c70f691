/** Answers that API Gateway gives in place of the function, with its own body. */
import * as z from 'zod/mini';

/** The body of API Gateway's own answers. */
export const gatewayError = z.object({ message: z.string() });

interface GatewayAnswer {
  description: string;
  message: string;
}

/** By status; the function may answer with the same status and a problem. */
export const gatewayAnswers: Readonly<Record<string, GatewayAnswer>> = {
  '413': { description: 'more than 10 MB', message: 'Request Entity Too Large' },
  '429': { description: 'more requests than the environment allows', message: 'Too Many Requests' },
  '500': { description: 'the function did not run', message: 'Internal Server Error' },
  '503': { description: 'the function did not run, or answered too late', message: 'Service Unavailable' },
};

/** Statuses with which API Gateway may answer any request. */
export const gatewayStatuses = ['429', '500', '503'] as const;

/** The content of API Gateway's answer with this status, if it gives one. */
export function gatewayContent(status: string) {
  const answer = gatewayAnswers[status];
  if (answer === undefined) return {};
  const value = { message: answer.message };
  return {
    'application/json': { schema: gatewayError, examples: { gateway: { summary: answer.description, value } } },
  };
}

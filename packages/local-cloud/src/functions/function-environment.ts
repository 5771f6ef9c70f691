/** The environment of a function: the template's own variables and those that Lambda sets, with loopback endpoints. */
import { keyIdOf } from '../iam/callers.ts';
import type { FunctionPlan } from '../template/plan-functions.ts';

/** The addresses of the embedded services. */
export interface Endpoints {
  tables: string;
  messages: string;
  services: string;
}

/** The complete process.env of the function, without any variable of the machine. */
export function functionEnvironment(plan: FunctionPlan, endpoints: Endpoints, region: string): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // The embedded services recognize the function by it.
    AWS_ACCESS_KEY_ID: keyIdOf(plan.name),
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_LAMBDA_FUNCTION_NAME: plan.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memoryMb),
    LAMBDA_TASK_ROOT: plan.folder,
    TZ: ':UTC',
    // Any service that is not named below answers "does not run locally" instead of the real AWS.
    AWS_ENDPOINT_URL: endpoints.services,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.tables,
    AWS_ENDPOINT_URL_SQS: endpoints.messages,
    AWS_ENDPOINT_URL_S3: endpoints.messages,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.services,
    AWS_ENDPOINT_URL_SFN: endpoints.services,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.services,
    AWS_ENDPOINT_URL_CLOUDFRONT: endpoints.services,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.services,
    ...plan.environment,
  };
}

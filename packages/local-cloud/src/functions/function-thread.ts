/** The thread of one function: loads the deployed bundle as Lambda does and runs its handler for each invocation. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadHandler } from './bundle-loading.ts';
import type { Invocation, Report, ThreadData } from './function-messages.ts';
import { offerRuntimeModules } from './runtime-modules.ts';

const data = workerData as ThreadData;

function report(message: Report): void {
  parentPort?.postMessage(message);
}

function describe(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function contextFor(invocation: Invocation): object {
  return {
    awsRequestId: invocation.requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: data.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.arn,
    logGroupName: `/aws/lambda/${data.name}`,
    logStreamName: 'local',
    memoryLimitInMB: String(data.memoryMb),
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - Date.now()),
  };
}

type Handler = Awaited<ReturnType<typeof loadHandler>>;

async function run(handler: Handler, invocation: Invocation): Promise<void> {
  try {
    const result = await handler(JSON.parse(invocation.event), contextFor(invocation));
    report({ kind: 'result', id: invocation.id, result: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    report({ kind: 'error', id: invocation.id, ...describe(error) });
  }
}

offerRuntimeModules(process.cwd());
try {
  const handler = await loadHandler(data.bundle, data.exportName);
  parentPort?.on('message', (invocation: Invocation) => {
    void run(handler, invocation);
  });
  report({ kind: 'ready' });
} catch (error) {
  report({ kind: 'broken', ...describe(error) });
}

import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import type { AzureCalls } from '../azure-calls.ts';

type Target = Parameters<AzureCalls['call']>[0];

/** Tells of every request that goes out, also of each attempt of one. */
export function countCalls(calls: AzureCalls, target: Target): PipelinePolicy {
  return { name: 'countCalls', sendRequest: (request, next) => counted(() => next(request), calls, target) };
}

/** Sends, and tells what came of it. */
export async function counted(
  send: () => Promise<PipelineResponse>,
  calls: AzureCalls,
  target: Target,
): Promise<PipelineResponse> {
  let outcome = 'failed';
  try {
    const response = await send();
    outcome = String(response.status);
    return response;
  } finally {
    calls.call(target, outcome);
  }
}

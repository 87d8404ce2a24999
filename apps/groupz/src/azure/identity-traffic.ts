import { createDefaultHttpClient, type HttpClient, type PipelineResponse } from '@azure/core-rest-pipeline';
import type { AzureCalls } from '../azure-calls.ts';
import { SourceFailure } from '../source-failure.ts';
import { counted } from './counted-calls.ts';
import { failureOfError, failureOfResponse } from './failures.ts';

/** The requests of a credential. */
export interface IdentityTraffic {
  /** To be given to the credential: a managed identity takes no policies. */
  readonly client: HttpClient;
  /** Why the latest request found no identity service, as long as that lasts: MSAL hides it. */
  outage: SourceFailure | undefined;
}

/** Counts the requests, and keeps in mind what the SDK's errors do not tell. */
export function identityTraffic(calls: AzureCalls, isOutage: (status: number) => boolean): IdentityTraffic {
  const http = createDefaultHttpClient();
  const traffic: IdentityTraffic = {
    outage: undefined,
    client: {
      async sendRequest(request) {
        try {
          const response = await counted(() => http.sendRequest(request), calls, 'identity');
          traffic.outage = isOutage(response.status) ? outageOf(response) : oddityOf(response);
          return response;
        } catch (error) {
          traffic.outage = failureOfError(error);
          throw error;
        }
      },
    },
  };
  return traffic;
}

/** The same failure, whatever the status would mean for a list of groups. */
function outageOf(response: PipelineResponse): SourceFailure {
  const { message, retryAfterSeconds, evidence } = failureOfResponse(response);
  const reason = response.status === 429 ? 'throttled' : 'unavailable';
  return new SourceFailure(reason, message, { retryAfterSeconds, evidence });
}

/** A page in place of an answer, as a proxy sends it. */
function oddityOf({ status, bodyAsText }: PipelineResponse): SourceFailure | undefined {
  if (status !== 200) return undefined;
  try {
    JSON.parse(bodyAsText ?? '');
    return undefined;
  } catch {
    return new SourceFailure('invalid-answer', 'The answer is not valid JSON.', { evidence: { status } });
  }
}

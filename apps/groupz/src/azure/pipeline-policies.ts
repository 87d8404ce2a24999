import { type PipelinePolicy, type PipelineResponse, type RestError, retryPolicy } from '@azure/core-rest-pipeline';
import { SourceFailure } from '../source-failure.ts';
import { failureOfResponse } from './failures.ts';
import type { Gate } from './gate.ts';
import { retryAfterSeconds } from './retry-after.ts';

const pauseMilliseconds = 300;
const maxRetries = 2;

/** Ends a reading at the first answer that is no page. */
export function failOnRefusal(): PipelinePolicy {
  return {
    name: 'failOnRefusal',
    async sendRequest(request, next) {
      const response = await next(request);
      if (response.status !== 200) throw failureOfResponse(response);
      return response;
    },
  };
}

/** Sends nothing while the gate is closed, and closes it when Azure throttles and says for how long. */
export function holdBack(gate: Gate): PipelinePolicy {
  return {
    name: 'holdBack',
    async sendRequest(request, next) {
      gate.check();
      const response = await next(request);
      if (response.status === 429) gate.close(failureOfResponse(response));
      return response;
    },
  };
}

/**
 * Ends a reading at tags that are a list: the SDK makes an object of it. In JSON, quotes within a text are escaped: what
 * looks like such tags is nothing else. That spares parsing the page twice.
 */
export function refuseTagLists(): PipelinePolicy {
  return {
    name: 'refuseTagLists',
    async sendRequest(request, next) {
      const response = await next(request);
      if (/"tags"\s*:\s*\[/.test(response.bodyAsText ?? ''))
        throw new SourceFailure('invalid-answer', 'The tags of a resource group in the answer are a list.');
      return response;
    },
  };
}

/** Ends a reading at a refused token where Azure asks for time: the SDK would meet a claims challenge at once. */
export function failOnWait(): PipelinePolicy {
  return {
    name: 'failOnWait',
    async sendRequest(request, next) {
      const response = await next(request);
      if (response.status === 401 && asksForTime(response)) throw failureOfResponse(response);
      return response;
    },
  };
}

/** Aborts all pages with the signal: the SDK itself passes it to the first page only. */
export function abortAllPages(signal: AbortSignal): PipelinePolicy {
  return {
    name: 'abortAllPages',
    sendRequest(request, next) {
      request.abortSignal = signal;
      return next(request);
    },
  };
}

/**
 * Refuses to send to any other origin than the endpoint's. The SDK follows `nextLink` wherever it points, with the
 * access token; this is the last step before the network, so that redirects are covered as well.
 */
export function onlyTo(endpoint: string): PipelinePolicy {
  const { origin } = new URL(endpoint);
  return {
    name: 'onlyTo',
    async sendRequest(request, next) {
      const target = URL.parse(request.url)?.origin;
      if (target === origin) return next(request);
      throw new SourceFailure('invalid-answer', `A page links to ${target}, not to ${origin}: nothing was sent there.`);
    },
  };
}

/**
 * Sends a request again after a broken connection or a server error, twice at most. Where Azure asks for time (429, or
 * `Retry-After` in any of its forms), the reading fails instead: waiting for the next one is the refresher's part. The SDK's own retries
 * wait as long as they are told, and a deadline that cuts them off would forget what Azure asked for.
 */
export function retryTransient(): PipelinePolicy {
  const retry = ({ response, responseError }: { response?: PipelineResponse; responseError?: RestError }) =>
    isTransient(response, responseError) ? { retryAfterInMs: pauseMilliseconds } : { skipStrategy: true };
  return retryPolicy([{ name: 'transient', retry }], { maxRetries });
}

function isTransient(response: PipelineResponse | undefined, error: RestError | undefined): boolean {
  // Node's names for network errors: ECONNRESET, ENOTFOUND, EAI_AGAIN.
  if (response === undefined) return /^E(?!RR_)/.test(error?.code ?? '');
  return response.status >= 500 && !asksForTime(response);
}

function asksForTime({ headers }: PipelineResponse): boolean {
  return retryAfterSeconds((name) => headers.get(name)) !== undefined;
}

import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { Clock } from '../clock.ts';
import { quotaResetSeconds } from './retry-after.ts';

/** How Azure tells what it still permits, and how it refills. */
export interface Allowance {
  /** The header with the number of reads that are left, and how many there are at most. */
  header: string;
  total: number;
  /** How long to rest before the next page, in milliseconds. */
  rest(remaining: number, header: (name: string) => string | undefined): number;
}

// Azure Resource Manager's buckets hold 250 reads and refill 25 a second.
const refill = 25;
const bucket = { total: 250, rest: (remaining: number) => Math.max(0, ((refill - remaining) / refill) * 1000) };

/** Reads of one subscription. */
export const subscriptionReads: Allowance = { header: 'x-ms-ratelimit-remaining-subscription-reads', ...bucket };

/** Reads above the subscriptions. */
export const tenantReads: Allowance = { header: 'x-ms-ratelimit-remaining-tenant-reads', ...bucket };

/** Queries of Resource Graph: 15 in five seconds. */
export const graphQueries: Allowance = {
  header: 'x-ms-user-quota-remaining',
  total: 15,
  rest: (remaining, header) => (remaining > 0 ? 0 : (quotaResetSeconds(header) ?? 5) * 1000),
};

/** Until when to rest, by the clock's milliseconds. */
export interface Rest {
  until: number;
}

interface HeedOptions {
  signal: AbortSignal;
  clock: Clock;
  /** Told what every page says is left. */
  tell(remaining: number): void;
  /** Of all readings that share the quota. */
  rest?: Rest;
}

/** Rests before a page when little is left, so that Azure never has to refuse one. */
export function heedAllowance(allowance: Allowance, options: HeedOptions): PipelinePolicy {
  const { signal, clock, tell, rest = { until: 0 } } = options;
  return {
    name: 'heedAllowance',
    async sendRequest(request, next) {
      // Another reading may meanwhile have been told to rest longer.
      while (rest.until > clock.now() && !signal.aborted) await clock.sleep(rest.until - clock.now(), signal);
      signal.throwIfAborted();
      const response = await next(request);
      const said = response.headers.get(allowance.header);
      if (said === undefined || !/^\d+$/.test(said)) return response;
      tell(Number(said));
      if (response.status !== 200) return response; // a refusal says for itself how long to wait
      const milliseconds = allowance.rest(Number(said), (name) => response.headers.get(name));
      rest.until = Math.max(rest.until, clock.now() + milliseconds);
      return response;
    },
  };
}

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

interface HeedOptions {
  signal: AbortSignal;
  clock: Clock;
  /** Told what every page says is left. */
  tell(remaining: number): void;
}

/** Rests before a page when little is left, so that Azure never has to refuse one. */
export function heedAllowance(allowance: Allowance, { signal, clock, tell }: HeedOptions): PipelinePolicy {
  let rest = 0;
  return {
    name: 'heedAllowance',
    async sendRequest(request, next) {
      if (rest > 0) await clock.sleep(rest, signal);
      signal.throwIfAborted();
      const response = await next(request);
      const said = response.headers.get(allowance.header);
      if (said === undefined || !/^\d+$/.test(said)) return response;
      tell(Number(said));
      rest = allowance.rest(Number(said), (name) => response.headers.get(name));
      return response;
    },
  };
}

import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { anybody, stranger } from './auth.ts';
import { Problem } from './problem.ts';
import type { Server } from './route.ts';

/** How many requests a caller may send in a time. */
export interface RateLimit {
  /** 0: as many as he likes. */
  requests: number;
  seconds: number;
}

interface Window {
  readonly end: number;
  used: number;
}

// An entry is some 200 bytes. Beyond, those who have not called for the longest begin anew: who calls much stays.
const mostCallers = 20_000;

/**
 * Limits how often each caller may call the routes of a scope: counts in windows that begin with a first request, and
 * tells in each answer what is left (draft-ietf-httpapi-ratelimit-headers-10). Callers are told apart by their id, and
 * by their address where nobody was asked. To be called inside of the routes, so that callers are known. Each process
 * counts for itself. `now` is in milliseconds.
 */
export function limitRate(server: Server, { requests, seconds }: RateLimit, now = () => performance.now()): void {
  if (requests === 0) return;
  const windows = new LRUCache<string, Window>({ max: mostCallers });
  server.addHook('onRequest', async (request, reply) => {
    const [key, time] = [keyOf(request), now()];
    const last = windows.get(key);
    const window = last && last.end > time ? last : { end: time + seconds * 1000, used: 0 };
    if (window !== last) windows.set(key, window);
    window.used += 1;
    const reset = Math.ceil((window.end - time) / 1000);
    reply.header('ratelimit-policy', `"default";q=${requests};w=${seconds}`);
    reply.header('ratelimit', `"default";r=${Math.max(0, requests - window.used)};t=${reset}`);
    if (window.used <= requests) return;
    const detail = `No more than ${requests} requests in ${seconds} seconds are taken.`;
    throw new Problem('too-many-requests', detail, { retryAfterSeconds: reset });
  });
}

function keyOf({ caller, ip }: FastifyRequest): string {
  return caller === anybody || caller === stranger ? `address ${networkOf(ip)}` : `caller ${caller.id}`;
}

/** Who has an IPv6 address has all those of its network: the first four of eight groups (RFC 6177). */
function networkOf(address: string): string {
  if (isIP(address) !== 6 || address.includes('.')) return address;
  const [before = '', after] = address.split('::');
  const [first, last] = [before.split(':'), after?.split(':') ?? []];
  const zeros = Array<string>(8 - first.length - last.length).fill('0');
  return [...first, ...zeros, ...last]
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16))
    .join(':');
}

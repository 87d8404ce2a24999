import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { networkOf } from './address.ts';
import { anybody, type Caller } from './auth.ts';
import { Problem } from './problem.ts';
import type { Server } from './route.ts';

/** How many requests a caller may send in a time. */
export interface RateLimit {
  /** 0: as many as he likes. */
  requests: number;
  seconds: number;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Where routes say how often they may be called. */
    rateLimiter: RateLimiter;
  }
}

interface Window {
  readonly end: number;
  used: number;
  /** How many of the used may be given back, as their tokens are being verified. */
  unsure: number;
  /** Of those who wait until more of them are sure. */
  settled?: PromiseWithResolvers<void> | undefined;
}

// An entry is some 200 bytes. Beyond, those who have not called for the longest begin anew: who calls much stays.
const mostCallers = 20_000;

/**
 * Limits how often each caller may call a service: counts in windows that begin with a first request, and tells in
 * each answer what is left (draft-ietf-httpapi-ratelimit-headers-10). All requests are counted but those of probes,
 * whatever becomes of them. Each process counts for itself. `now` is in milliseconds.
 */
export function limitRate(server: Server, limit: RateLimit, now = () => performance.now()): void {
  server.rateLimiter.begin(limit, now);
}

/** Counts all requests of a server before anything else is done for them. To be called before routes are registered. */
export function countRequests(server: Server): void {
  const limiter = new RateLimiter();
  server.decorate('rateLimiter', limiter);
  server.addHook('onRequest', (request, reply, done) => {
    limiter.count(request, reply);
    done();
  });
}

/**
 * Counts a request for the address that it comes from, until a token has said who its caller is: then for him. An
 * address that has sent too much is not asked for tokens any more. Limits nothing before it is told to.
 */
export class RateLimiter {
  readonly #windows = new LRUCache<string, Window>({ max: mostCallers });
  #limit: RateLimit = { requests: 0, seconds: 0 };
  #now = () => 0;

  begin(limit: RateLimit, now: () => number): void {
    this.#limit = limit;
    this.#now = now;
  }

  /** Counts a request unless its route asks who its caller is. Throws a Problem of kind `too-many-requests`. */
  count(request: FastifyRequest, reply: FastifyReply): void {
    if (this.#limit.requests === 0) return;
    const { url, config } = request.routeOptions;
    if (config.probe || (url !== undefined && !config.open)) return;
    this.#use(this.#windowOf(addressOf(request)), reply);
  }

  /** Counts a request and finds out whose it is. Throws as `count` does, and what `ask` throws. */
  identify(request: FastifyRequest, reply: FastifyReply, ask: () => Promise<Caller>): Promise<Caller> {
    return this.#limit.requests === 0 ? ask() : this.#identify(request, reply, ask);
  }

  async #identify(request: FastifyRequest, reply: FastifyReply, ask: () => Promise<Caller>): Promise<Caller> {
    const window = await this.#borrow(addressOf(request), reply);
    try {
      const caller = await ask();
      if (caller === anybody) return caller;
      window.used -= 1;
      this.#use(this.#windowOf(`caller ${caller.id}`), reply);
      return caller;
    } catch (error) {
      // An outage of the issuer is not the caller's doing: he may come again as soon as it is over.
      if (error instanceof Problem && error.kind === 'unavailable') window.used -= 1;
      throw error;
    } finally {
      window.unsure -= 1;
      window.settled?.resolve();
      window.settled = undefined;
    }
  }

  /** Waits until it is sure whether an address has a request left: else callers behind one would refuse each other. */
  async #borrow(key: string, reply: FastifyReply): Promise<Window> {
    let window = this.#windowOf(key);
    while (window.used >= this.#limit.requests && window.unsure > 0) {
      window.settled ??= Promise.withResolvers();
      await window.settled.promise;
      window = this.#windowOf(key);
    }
    // An unknown path of a scope with an answer of its own for it has been counted on arrival.
    if (!reply.hasHeader('ratelimit')) this.#use(window, reply);
    window.unsure += 1;
    return window;
  }

  #windowOf(key: string): Window {
    const time = this.#now();
    const last = this.#windows.get(key);
    if (last && last.end > time) return last;
    const end = time + this.#limit.seconds * 1000;
    const window: Window = { end, used: 0, unsure: 0 };
    this.#windows.set(key, window);
    return window;
  }

  #use(window: Window, reply: FastifyReply): void {
    const { requests, seconds } = this.#limit;
    window.used += 1;
    const reset = Math.ceil((window.end - this.#now()) / 1000);
    reply.header('ratelimit-policy', `"default";q=${requests};w=${seconds}`);
    reply.header('ratelimit', `"default";r=${Math.max(0, requests - window.used)};t=${reset}`);
    if (window.used <= requests) return;
    const detail = `No more than ${requests} requests in ${seconds} seconds are taken.`;
    throw new Problem('too-many-requests', detail, { retryAfterSeconds: reset });
  }
}

function addressOf({ ip }: FastifyRequest): string {
  return `address ${networkOf(ip)}`;
}

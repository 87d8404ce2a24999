import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultBook } from './fault-book.ts';
import type { Fault, FaultTarget, RefusingFault } from './faults.ts';
import { requestPath } from './http-app.ts';

const FOREIGN_ORIGIN = 'https://foreign.invalid';
const READS_HEADER = 'x-ms-ratelimit-remaining-subscription-reads';

type Body = Record<string, unknown>;

interface FaultInjection {
  readonly book: FaultBook;
  readonly target: FaultTarget;
  /** Answers in the words of the service. */
  refuse(fault: RefusingFault, request: FastifyRequest, reply: FastifyReply): FastifyReply;
  /** What in the answer makes the next page this one again; ARM's `nextLink` by default. */
  readonly repeatPage?: (request: FastifyRequest) => Body;
  /** Told of a request that gets no answer at all. */
  readonly dropped?: (request: FastifyRequest) => void;
  /** Waits for a `delay`. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** Makes every route of the instance meet the faults asked for, before anything else looks at the request. */
export function injectFaults(app: FastifyInstance, injection: FaultInjection): void {
  const { book, target, refuse, pause = pauseUnheld, dropped } = injection;
  const met = new WeakMap<FastifyRequest, Fault>();
  app.addHook('onRequest', async (request, reply) => {
    const fault = book.take({ target, method: request.method, path: requestPath(request) });
    if (fault === undefined) return;
    met.set(request, fault);
    if (fault.kind === 'delay') await pause(fault.milliseconds);
    if (fault.kind === 'drop') {
      dropped?.(request);
      drop(request, reply);
    }
    if (fault.kind !== 'federation-pending' && isRefusing(fault)) return refuse(fault, request, reply);
  });
  // The refusal names the assertion, so it waits until the form has been read.
  app.addHook('preHandler', async (request, reply) => {
    const fault = met.get(request);
    if (fault?.kind === 'federation-pending') return refuse(fault, request, reply);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const fault = met.get(request);
    return fault === undefined ? payload : spoil(fault, { request, reply, payload, injection });
  });
}

function isRefusing(fault: Fault): fault is Extract<Fault, RefusingFault> {
  return ['status', 'expired-token', 'revoked-token', 'cae-challenge', 'federation-pending'].includes(fault.kind);
}

/** Keeps no process alive that has nothing else to do. */
function pauseUnheld(milliseconds: number): Promise<void> {
  return sleep(milliseconds, undefined, { ref: false });
}

function drop(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.destroy();
}

interface Answer {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly payload: unknown;
  readonly injection: FaultInjection;
}

function spoil(fault: Fault, { request, reply, payload, injection }: Answer): unknown {
  if (fault.kind === 'remaining-reads') reply.header(READS_HEADER, String(fault.value));
  if (typeof payload !== 'string') return payload;
  const spoiled = spoiledBody(fault, payload, () => (injection.repeatPage ?? linkToItself)(request));
  if (spoiled !== payload) reply.removeHeader('content-length');
  return spoiled;
}

function spoiledBody(fault: Fault, payload: string, repeatPage: () => Body): string {
  switch (fault.kind) {
    case 'truncate':
      return payload.slice(0, Math.floor(payload.length / 2));
    case 'foreign-next-link':
      return withMembers(payload, { nextLink: `${fault.origin ?? FOREIGN_ORIGIN}/subscriptions?$skiptoken=foreign` });
    case 'repeat-next-link':
      return withMembers(payload, repeatPage());
    default:
      return payload;
  }
}

function withMembers(payload: string, members: Body): string {
  return JSON.stringify({ ...(JSON.parse(payload) as Body), ...members });
}

function linkToItself(request: FastifyRequest): Body {
  return { nextLink: `${request.protocol}://${request.host}${request.url}` };
}

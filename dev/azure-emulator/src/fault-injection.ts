import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, FaultBook, FaultTarget, StatusFault, TokenFault } from './faults.ts';
import { requestPath } from './http-app.ts';

const FOREIGN_ORIGIN = 'https://foreign.invalid';

export type RefusingFault = StatusFault | TokenFault;

interface FaultInjection {
  readonly book: FaultBook;
  readonly target: FaultTarget;
  /** Answers in the words of the service. */
  refuse(fault: RefusingFault, request: FastifyRequest, reply: FastifyReply): FastifyReply;
  /** Waits for a `delay`. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** Makes every route of the instance meet the faults asked for, before anything else looks at the request. */
export function injectFaults(app: FastifyInstance, injection: FaultInjection): void {
  const { book, target, refuse, pause = pauseUnheld } = injection;
  const spoiled = new WeakMap<FastifyRequest, Fault>();
  app.addHook('onRequest', async (request, reply) => {
    const fault = book.take({ target, path: requestPath(request) });
    if (fault === undefined) return;
    if (fault.kind === 'delay') await pause(fault.milliseconds);
    else if (fault.kind === 'drop') drop(request, reply);
    else if (fault.kind === 'truncate' || fault.kind === 'foreign-next-link') spoiled.set(request, fault);
    else return refuse(fault, request, reply);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const fault = spoiled.get(request);
    if (fault === undefined || typeof payload !== 'string') return payload;
    reply.removeHeader('content-length');
    return fault.kind === 'truncate' ? truncated(payload) : withForeignLink(payload, fault);
  });
}

/** Keeps no process alive that has nothing else to do. */
function pauseUnheld(milliseconds: number): Promise<void> {
  return sleep(milliseconds, undefined, { ref: false });
}

function drop(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.destroy();
}

function truncated(payload: string): string {
  return payload.slice(0, Math.floor(payload.length / 2));
}

function withForeignLink(payload: string, fault: Fault): string {
  const origin = fault.kind === 'foreign-next-link' ? (fault.origin ?? FOREIGN_ORIGIN) : FOREIGN_ORIGIN;
  const body = JSON.parse(payload) as Record<string, unknown>;
  return JSON.stringify({ ...body, nextLink: `${origin}/subscriptions?$skiptoken=foreign` });
}

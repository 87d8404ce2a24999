import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A position in a distributed trace (W3C Trace Context): ids as lower-case hex. */
export interface Trace {
  traceId: string;
  spanId: string;
}

const requestId = /^[\w.:-]{1,128}$/;
const parent = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$/;

/** The caller's `x-request-id` where it is harmless to log, else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const id = headers['x-request-id'];
  return typeof id === 'string' && requestId.test(id) ? id : crypto.randomUUID();
}

/** Continues the caller's trace with a span of its own, or begins one where `traceparent` is absent or not valid. */
export function traceOf({ headers }: Pick<IncomingMessage, 'headers'>): Trace {
  return { traceId: callersTrace(headers['traceparent']) ?? randomHex(32), spanId: randomHex(16) };
}

function callersTrace(traceparent: string | string[] | undefined): string | undefined {
  if (traceparent === undefined) return undefined;
  const [, version, traceId = '', parentId = ''] = parent.exec(String(traceparent)) ?? [];
  const valid = version !== undefined && version !== 'ff' && !/^0+$/.test(traceId) && !/^0+$/.test(parentId);
  return valid ? traceId : undefined;
}

// Entropy is drawn for some hundred ids at once: this is on every request's path.
const drawnBytes = 8 * 1024;
let drawn = '';
let used = 0;

function randomHex(digits: number): string {
  if (used + digits > drawn.length) {
    drawn = randomBytes(drawnBytes).toString('hex');
    used = 0;
  }
  used += digits;
  return drawn.slice(used - digits, used);
}

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
  const spanId = randomHex().slice(16);
  const [, version, traceId = '', parentId = ''] = parent.exec(String(headers['traceparent'] ?? '')) ?? [];
  const valid = version !== undefined && version !== 'ff' && !/^0+$/.test(traceId) && !/^0+$/.test(parentId);
  return { traceId: valid ? traceId : randomHex(), spanId };
}

/** 32 hex digits. From UUIDs, as Node draws the entropy for many of them at once: this is on every request's path. */
function randomHex(): string {
  return crypto.randomUUID().replaceAll('-', '');
}

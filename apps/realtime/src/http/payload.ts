import { isUtf8 } from 'node:buffer';
import { readBytes } from '@seaworthy/chassis/bytes-body';
import { Problem } from '@seaworthy/chassis/problem';
import type { Server } from '@seaworthy/chassis/route';

/** The media types that a payload may be sent as. */
export const payloadTypes = ['text/plain', 'application/json', 'application/octet-stream'] as const;

/** Makes a scope read payloads, and name in its answers what they may be (Linked Data Platform, section 7.1). */
export function takePayloads(scope: Server): void {
  readBytes(scope, payloadTypes);
  scope.addHook('onRequest', (_request, reply, done) => {
    reply.header('accept-post', payloadTypes.join(', '));
    done();
  });
}

/** Refuses a payload that is not what it is said to be: it would be handed on as it is. */
export function checkPayload(payload: Buffer, type: string | undefined): void {
  if (type === undefined) throw new Problem('bad-request', 'The Content-Type of the payload is missing.');
  if (/^application\/octet-stream/i.test(type)) return;
  if (!isUtf8(payload)) throw new Problem('bad-request', 'The body is not UTF-8: send it as application/octet-stream.');
  if (/^application\/json/i.test(type) && !isJson(payload)) throw new Problem('bad-request', 'The body is not JSON.');
}

function isJson(payload: Buffer): boolean {
  try {
    JSON.parse(payload.toString());
    return true;
  } catch {
    return false;
  }
}

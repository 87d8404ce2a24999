import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '@seaworthy/chassis/problem';
import type { FastifyReply } from 'fastify';

/** Whether a request asks for a WebSocket of the version that we speak (RFC 6455, 4.2.1). */
export function asksForWebSocket(headers: IncomingHttpHeaders): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket' && headers['sec-websocket-version'] === '13';
}

/** Refuses what does not ask so, and names what is spoken here (RFC 9110, 7.8 and 15.5.22; RFC 6455, 4.4). */
export function requireUpgrade(reply: FastifyReply): never {
  reply.headers({ connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' });
  throw new Problem('upgrade-required', 'Open this path as a WebSocket of version 13.');
}

/** Refuses a handshake that could not be answered. */
export function checkKey(headers: IncomingHttpHeaders): void {
  if (!/^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? ''))
    throw new Problem('bad-request', 'Sec-WebSocket-Key is missing or not valid.');
}

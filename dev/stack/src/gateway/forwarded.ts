import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

// About one connection only (RFC 9110, section 7.6.1), or claims that only a gateway may make.
const dropped = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect', // answered here already
  'forwarded',
  'x-real-ip',
];

/**
 * The headers that a service gets: the client's, with its own address in `X-Forwarded-*` in place of what the client
 * claimed. `Host` stays what the client asked for, as with the gateways of a cluster.
 */
export function forwardedHeaders({
  headers,
  socket,
}: Pick<IncomingMessage, 'headers' | 'socket'>): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const kept = Object.entries(headers).filter(([name]) => !dropped.includes(name) && !named.includes(name));
  return {
    ...Object.fromEntries(kept.filter(([name]) => !name.startsWith('x-forwarded-'))),
    'x-forwarded-for': socket.remoteAddress ?? '',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': headers.host ?? '',
    'x-forwarded-port': `${socket.localPort ?? ''}`,
  };
}

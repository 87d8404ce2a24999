import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

// About one connection only (RFC 9110, section 7.6.1).
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];
// Answered here already, or claims that only a gateway may make.
const notForServices = ['expect', 'forwarded', 'x-real-ip'];

/** The headers that are for the other end: without those about this connection, be it that `Connection` names them. */
export function endToEnd<H extends IncomingHttpHeaders>(headers: H): H {
  const named = String(headers.connection ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase());
  const dropped = new Set([...hopByHop, ...named]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name.toLowerCase()))) as H;
}

/**
 * The headers that a service gets: the client's, with its own address in `X-Forwarded-*` in place of what the client
 * claimed. `Host` stays what the client asked for, as with the gateways of a cluster.
 */
export function forwardedHeaders({
  headers,
  socket,
}: Pick<IncomingMessage, 'headers' | 'socket'>): IncomingHttpHeaders {
  const kept = Object.entries(endToEnd(headers)).filter(([name]) => !notForServices.includes(name));
  return {
    ...Object.fromEntries(kept.filter(([name]) => !name.startsWith('x-forwarded-'))),
    'x-forwarded-for': socket.remoteAddress ?? '',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': headers.host ?? '',
    'x-forwarded-port': `${socket.localPort ?? ''}`,
  };
}

import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { Problem } from './problem.ts';
import { timesSent } from './raw-headers.ts';

// RFC 3986, section 3.2.2: a name or an IPv4 address. Without the comma, which joins the hosts of several proxies.
const named = /^(?:[\w.~!$&'()*+;=-]|%[\da-f]{2})*(?::\d*)?$/i;
const bracketed = /^\[([^\]%]+)\](?::\d*)?$/; // a zone means nothing on another machine

const missing = new Problem('bad-request', 'Send a Host header.');
const several = new Problem('bad-request', 'Send one Host header.');
const malformed = new Problem('bad-request', 'The Host header is no host with an optional port.');

/**
 * What is wrong with a request's `Host` header (RFC 9112, section 3.2): proxies, caches and services that read a
 * doubtful one each in their own way can be led to take the request of one host for that of another.
 */
export function hostFault(request: IncomingMessage): Problem | undefined {
  const { host } = request.headers;
  if (host === undefined) return request.httpVersion === '1.0' ? undefined : missing;
  if (timesSent(request, 'host') > 1) return several;
  return isHost(host) ? undefined : malformed;
}

/** Whether a text is `uri-host [ ":" port ]` (RFC 9110, section 7.2). */
export function isHost(host: string): boolean {
  if (!host.startsWith('[')) return named.test(host);
  return isIPv6(bracketed.exec(host)?.[1] ?? '');
}

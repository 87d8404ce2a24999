import type { IncomingMessage } from 'node:http';
import { isHost } from './host-header.ts';
import { Problem } from './problem.ts';

const malformed = new Problem('bad-request', 'The request target is not valid.');

/**
 * What is wrong with a request's target (RFC 9112, section 3.2): a fragment, which the router would cut off and a
 * gateway may not, or a whole URL with somebody's name and password in it, or without a host.
 */
export function targetFault({ url = '' }: IncomingMessage): Problem | undefined {
  if (url.includes('#')) return malformed;
  if (url.startsWith('/')) return undefined;
  const [, authority] = /^[a-z][a-z\d+.-]*:\/\/([^/?]*)/i.exec(url) ?? [];
  return authority === undefined || (authority !== '' && isHost(authority)) ? undefined : malformed;
}

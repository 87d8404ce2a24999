import type { Authenticate } from '@seaworthy/chassis/auth';
import { Problem } from '@seaworthy/chassis/problem';

/** When the tests' clock begins, in seconds since 1970. */
export const start = Date.UTC(2030, 0) / 1000;

interface Claims {
  sub?: string;
  roles?: readonly string[];
  channels?: unknown;
  exp?: number;
}

/** A token that says so; it is good for an hour, unless it says otherwise. */
export function tokenOf(claims: Claims = {}): string {
  const all = { sub: 'ada', exp: start + 3600, ...claims };
  return Buffer.from(JSON.stringify(all)).toString('base64url');
}

/** Takes these tokens for good, but `bad`, and cannot tell with `outage`. */
export const readTokens: Authenticate = async (authorization) => {
  const [, token = 'bad'] = /^Bearer (.+)$/.exec(authorization ?? '') ?? [];
  if (token === 'outage') throw new Problem('unavailable', 'Nobody can tell.', { retryAfterSeconds: 5 });
  if (token === 'bad') throw new Problem('unauthenticated', 'That is no good token.');
  const claims = JSON.parse(Buffer.from(token, 'base64url').toString()) as Required<Claims>;
  return { id: claims.sub, roles: claims.roles ?? [], claims };
};

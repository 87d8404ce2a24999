import type { Caller } from '@seaworthy/chassis/auth';
import { Problem } from '@seaworthy/chassis/problem';
import { ChannelRights, realtimeRoles } from '@seaworthy/contracts/realtime';
import { Compile } from 'typebox/compile';
import { channelPattern } from './channel-pattern.ts';

/** What somebody may do, and until when. */
export interface Access {
  /** Who it is: the same for all tokens of a caller. */
  readonly id: string;
  /** When that ends, in milliseconds since 1970; never, where nobody was asked. */
  readonly expires: number;
  mayRead(channel: string): boolean;
  mayWrite(channel: string): boolean;
}

const rightsOf = Compile(ChannelRights);

/**
 * What a caller's token allows: the channels of its claim `channels`, and all of them with a role. A token with neither
 * allows nothing. Throws a Problem of kind `unauthenticated` where the claim is not what it should be.
 */
export function accessOf({ id, roles, claims = {} }: Caller): Access {
  const rights = claims['channels'] ?? {};
  if (!rightsOf.Check(rights))
    throw new Problem('unauthenticated', 'The claim `channels` of the access token is not valid.');
  const has = (...some: string[]) => roles === 'all' || some.some((role) => roles.includes(role));
  const named = (right: string) =>
    channelPattern(Object.entries(rights).flatMap(([pattern, given]) => (given.includes(right) ? [pattern] : [])));
  const { exp } = claims;
  return {
    id,
    expires: typeof exp === 'number' ? exp * 1000 : Number.POSITIVE_INFINITY,
    mayRead: has(realtimeRoles.read, realtimeRoles.readWrite) ? () => true : named('r'),
    mayWrite: has(realtimeRoles.readWrite) ? () => true : named('w'),
  };
}

/** Refuses who may not read a channel. Throws a Problem of kind `forbidden`. */
export function requireRead(access: Access | undefined, channel: string): void {
  if (!access?.mayRead(channel)) throw refused(channel, [realtimeRoles.read, realtimeRoles.readWrite]);
}

/** Refuses who may not publish to a channel. Throws a Problem of kind `forbidden`. */
export function requireWrite(access: Access | undefined, channel: string): void {
  if (!access?.mayWrite(channel)) throw refused(channel, [realtimeRoles.readWrite]);
}

function refused(channel: string, neededRoles: readonly string[]): Problem {
  const roles = neededRoles.map((role) => `\`${role}\``).join(' or ');
  const detail = `The access token does not allow it for ${JSON.stringify(channel)}: see its claim \`channels\`, or the role ${roles}.`;
  return new Problem('forbidden', detail, { neededRoles });
}

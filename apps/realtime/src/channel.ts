import { ChannelName, realtimeLimits } from '@seaworthy/contracts/realtime';
import { Compile } from 'typebox/compile';

/** A channel of Redis. */
export interface Channel {
  name: string;
  /** Whether what is published to it is stored and numbered there. */
  durable: boolean;
}

/** What our own keys and channels in Redis begin with: nobody else's do. */
export const reservedPrefix = 'realtime:{';

const validName = Compile(ChannelName);

/** What is wrong with a channel's name, or `undefined`. The schema counts characters; Redis and we count bytes. */
export function channelFault(channel: unknown): string | undefined {
  const { channelBytes } = realtimeLimits;
  if (typeof channel !== 'string' || channel === '') return 'A channel needs a name.';
  if (Buffer.byteLength(channel) > channelBytes) return `The name of a channel has at most ${channelBytes} bytes.`;
  if (!validName.Check(channel)) return 'The name of a channel has no control characters.';
  if (channel.startsWith(reservedPrefix)) return `The name of a channel does not begin with ${reservedPrefix}`;
  // Half a surrogate pair has no bytes of its own: it would silently become another channel.
  return channel.isWellFormed() ? undefined : 'The name of a channel is valid Unicode.';
}

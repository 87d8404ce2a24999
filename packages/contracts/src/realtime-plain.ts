import { type Static, Type } from 'typebox';
import { ChannelName, Gap, RealtimeErrorCode, realtimeLimits } from './realtime.ts';

// The plain WebSocket: payloads as they were published, and few text frames beside them.

/** Client: deliver this channel's messages to me. Answered by `joined`, also where it was joined before. */
export const Join = Type.Object({ type: Type.Literal('join'), channel: ChannelName }, { additionalProperties: false });
export type Join = Static<typeof Join>;

/** Client: no more of this channel. Answered by `left`, also where it was not joined. */
export const Leave = Type.Object(
  { type: Type.Literal('leave'), channel: ChannelName },
  { additionalProperties: false },
);
export type Leave = Static<typeof Leave>;

/**
 * Client: this is who I am; within 5 seconds where the handshake did not say, and again before the token expires.
 * Answered by `authenticated`, after a `left` for each channel that the new token does not allow.
 */
export const Authenticate = Type.Object(
  { type: Type.Literal('auth'), token: Type.String({ minLength: 1, maxLength: realtimeLimits.token }) },
  { additionalProperties: false },
);
export type Authenticate = Static<typeof Authenticate>;

/** Every text frame that a client may send. */
export const PlainClientMessage = Type.Union([Join, Leave, Authenticate]);
export type PlainClientMessage = Static<typeof PlainClientMessage>;

/** Server: whatever is published to the channel from now on arrives here. */
export const Joined = Type.Object({ type: Type.Literal('joined'), channel: ChannelName });
export type Joined = Static<typeof Joined>;

/** Server: nothing more of this channel follows. */
export const Left = Type.Object({ type: Type.Literal('left'), channel: ChannelName });
export type Left = Static<typeof Left>;

/** Server: the token is good. */
export const Authenticated = Type.Object({ type: Type.Literal('authenticated') });
export type Authenticated = Static<typeof Authenticated>;

/** Server: a frame was refused; the connection stays. `channel` is the one that it asked for, cut to `channelEcho`. */
export const PlainError = Type.Object({
  type: Type.Literal('error'),
  code: RealtimeErrorCode,
  message: Type.String(),
  channel: Type.Optional(Type.String({ maxLength: realtimeLimits.channelEcho })),
});
export type PlainError = Static<typeof PlainError>;

/** The server's own text frames. All others are payloads, exactly as they were published. */
export const PlainServerMessage = Type.Union([Joined, Left, Authenticated, PlainError, Gap]);
export type PlainServerMessage = Static<typeof PlainServerMessage>;

import { type Static, Type } from 'typebox';

/** What one connection may ask for, and what it is told. Sizes are in bytes of UTF-8 where they say so. */
export const realtimeLimits = {
  channelBytes: 255,
  /** UTF-16 code units of a name that an error sends back: one more than any good name has, so as not to become one. */
  channelEcho: 256,
  channelsPerConnection: 128,
  incomingBytes: 64 * 1024,
} as const;

/** The codes that the server closes a WebSocket with (RFC 6455, 7.4, and the IANA registry), by reason. */
export const realtimeCloseCodes = {
  /** Too many frames or too many of them wrong: fix the client before it connects again. */
  abuse: 1008,
  /** The service restarts: connect again after a random pause. */
  restart: 1012,
  /** The client reads more slowly than its channels speak; messages were lost. Connect again, later. */
  slow: 1013,
} as const;

/** A Redis channel's name: 1 to 255 bytes of UTF-8 without control characters. The bytes are counted by the server. */
export const ChannelName = Type.String({
  minLength: 1,
  maxLength: realtimeLimits.channelBytes,
  pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]+$',
  description: 'Name of a channel: 1 to 255 bytes without control characters.',
  examples: ['device01'],
});

/** Client: deliver this channel's messages to me. Answered by `joined`, also where it was joined before. */
export const Join = Type.Object({ type: Type.Literal('join'), channel: ChannelName }, { additionalProperties: false });
export type Join = Static<typeof Join>;

/** Client: no more of this channel. Answered by `left`, also where it was not joined. */
export const Leave = Type.Object(
  { type: Type.Literal('leave'), channel: ChannelName },
  { additionalProperties: false },
);
export type Leave = Static<typeof Leave>;

/** Every text frame that a client may send. */
export const ClientMessage = Type.Union([Join, Leave]);
export type ClientMessage = Static<typeof ClientMessage>;

/** Server: whatever is published to the channel from now on arrives here. */
export const Joined = Type.Object({ type: Type.Literal('joined'), channel: ChannelName });
export type Joined = Static<typeof Joined>;

/** Server: nothing more of this channel follows. */
export const Left = Type.Object({ type: Type.Literal('left'), channel: ChannelName });
export type Left = Static<typeof Left>;

/** Why a frame was refused. */
export const RealtimeErrorCode = Type.Enum([
  'malformed',
  'unknown-type',
  'bad-channel',
  'too-many-channels',
  'binary',
  'refused',
]);
export type RealtimeErrorCode = Static<typeof RealtimeErrorCode>;

/** Server: a frame was refused; the connection stays. `channel` is the one that it asked for, cut to `channelEcho`. */
export const ErrorMessage = Type.Object({
  type: Type.Literal('error'),
  code: RealtimeErrorCode,
  message: Type.String(),
  channel: Type.Optional(Type.String({ maxLength: realtimeLimits.channelEcho })),
});
export type ErrorMessage = Static<typeof ErrorMessage>;

/** The server's own text frames. All others are payloads, exactly as they were published. */
export const ServerMessage = Type.Union([Joined, Left, ErrorMessage]);
export type ServerMessage = Static<typeof ServerMessage>;

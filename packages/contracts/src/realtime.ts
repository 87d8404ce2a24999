import { type Static, Type } from 'typebox';

/** What one connection may ask for, and what it is told. Sizes are in bytes of UTF-8 where they say so. */
export const realtimeLimits = {
  channelBytes: 255,
  /** UTF-16 code units of a name that an error sends back: one more than any good name has, so as not to become one. */
  channelEcho: 256,
  channelsPerConnection: 128,
  /** A frame of a client. */
  incomingBytes: 64 * 1024,
  /** A payload of a publication, however it is published through this service. */
  payloadBytes: 64 * 1024,
  /** Characters of a request's id, of an idempotency key, of a token. */
  id: 64,
  key: 255,
  token: 8 * 1024,
} as const;

/**
 * The codes that the server closes a WebSocket with (RFC 6455, 7.4, and the IANA registry). Those of our own carry the
 * instruction in their range: 4000 to 4099 do not connect again before something was changed; 4100 to 4199 connect
 * again, later and later.
 */
export const realtimeCloseCodes = {
  /** A frame breaks a rule of the protocol, or there are too many of them: mend the client. */
  abuse: 1008,
  /** The service restarts: connect again after the pause that `closing` named, or a random one. */
  restart: 1012,
  /** No token, or one that is wrong or has expired: get another one. */
  unauthenticated: 4001,
  /** The token does not allow it. */
  forbidden: 4003,
  /** Tokens cannot be verified at the moment. */
  unverified: 4103,
  /** The client reads more slowly than its channels speak, and has read nothing for a while. */
  slow: 4108,
  /** Nothing was heard of the client, not even an answer to a ping. */
  silent: 4109,
} as const;

/** A Redis channel's name: 1 to 255 bytes of UTF-8 without control characters. The bytes are counted by the server. */
export const ChannelName = Type.String({
  minLength: 1,
  maxLength: realtimeLimits.channelBytes,
  pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]+$',
  description: 'Name of a channel: 1 to 255 bytes without control characters.',
  examples: ['device01'],
});

/** The roles (claim `roles` of an access token) that let a caller do something with all channels. */
export const realtimeRoles = { read: 'Channels.Read', readWrite: 'Channels.ReadWrite' } as const;

/**
 * The claim `channels` of an access token: what its bearer may do with channels of a name, read (`r`) or publish (`w`);
 * `*` stands for any characters.
 */
export const ChannelRights = Type.Record(
  Type.String({ pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]{1,255}$' }),
  Type.Enum(['r', 'w', 'rw']),
  {
    additionalProperties: false,
    maxProperties: 128,
    examples: [{ 'device*': 'r', 'chat.*': 'rw' }],
  },
);
export type ChannelRights = Static<typeof ChannelRights>;

/** What a page puts into a URL (`?ticket=`) instead of a token, as browsers send no headers of its own. */
export const Ticket = Type.String({ minLength: 1, maxLength: 12 * 1024, pattern: '^[\\w-]+$' });

/** A ticket, and for how long it is good. */
export const IssuedTicket = Type.Object({ ticket: Ticket, expiresInSeconds: Type.Integer() });
export type IssuedTicket = Static<typeof IssuedTicket>;

/** The number of a message in its channel: contiguous, from 1 on, as long as the channel has this epoch. */
export const Offset = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** Names one run of numbers of a channel. After a loss of what is stored, another one begins. */
export const Epoch = Type.String({ minLength: 1, maxLength: 32, pattern: '^[\\w-]+$' });

/** A place in a channel: the last message that was received. */
export const Position = Type.Object({ epoch: Epoch, offset: Offset }, { additionalProperties: false });
export type Position = Static<typeof Position>;

/** Redis has accepted a message; on a durable channel as the one at this place. */
export const Published = Type.Object({
  channel: ChannelName,
  epoch: Type.Optional(Epoch),
  offset: Type.Optional(Offset),
});
export type Published = Static<typeof Published>;

/**
 * Why messages are missing: the client was too slow; Redis was away; what was asked for is no longer stored; what was
 * stored is gone as a whole, or belongs to another process, and numbers begin anew; one was larger than may be sent.
 */
export const GapReason = Type.Enum(['slow', 'redis', 'trimmed', 'reset', 'large']);
export type GapReason = Static<typeof GapReason>;

/**
 * Server: messages of a channel are missing here. `from` is the number of the first one, `to` of the last one; without
 * `to` nobody knows how many, or whether any, and without `from` they had no numbers. `epoch` is the one from here on.
 */
export const Gap = Type.Object({
  type: Type.Literal('gap'),
  channel: ChannelName,
  epoch: Epoch,
  from: Type.Optional(Offset),
  to: Type.Optional(Offset),
  reason: GapReason,
});
export type Gap = Static<typeof Gap>;

/** Why a frame was refused. */
export const RealtimeErrorCode = Type.Enum([
  'malformed',
  'unknown-type',
  'bad-channel',
  'too-many-channels',
  'binary',
  'refused',
  'forbidden',
  'unauthenticated',
  'too-large',
  'unavailable',
]);
export type RealtimeErrorCode = Static<typeof RealtimeErrorCode>;

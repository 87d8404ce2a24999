import { type Static, type TProperties, Type } from 'typebox';
import { ChannelName, Epoch, Gap, Offset, Position, RealtimeErrorCode, realtimeLimits } from './realtime.ts';

/** The WebSocket subprotocol (Sec-WebSocket-Protocol) of the messages below: JSON, one in a text frame. */
export const realtimeV1 = 'realtime.v1';

/** What the client calls a request, and its answer carries; without one, the answer has none. */
export const Id = Type.Union([Type.Integer(), Type.String({ maxLength: realtimeLimits.id })]);

export type Id = Static<typeof Id>;

const id = Type.Optional(Id);

function exactly<P extends TProperties>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}

/**
 * Client: deliver this channel's messages to me; with `since`, first those after that place. Answered by `subscribed`;
 * what it tells as missing follows as messages, or as a `gap`.
 */
export const Subscribe = exactly({
  type: Type.Literal('subscribe'),
  id,
  channel: ChannelName,
  since: Type.Optional(Position),
});
export type Subscribe = Static<typeof Subscribe>;

/** Client: no more of this channel. Answered by `unsubscribed`, also where it was not subscribed. */
export const Unsubscribe = exactly({ type: Type.Literal('unsubscribe'), id, channel: ChannelName });
export type Unsubscribe = Static<typeof Unsubscribe>;

/** Client: are you there? For browsers, which send no pings of their own. Answered by `pong`. */
export const Ping = exactly({ type: Type.Literal('ping'), id });
export type Ping = Static<typeof Ping>;

/**
 * Client: this is who I am; within 5 seconds where the handshake did not say, and again before the token expires.
 * Answered by `authenticated`, after an `unsubscribed` for each channel that the new token does not allow.
 */
export const Auth = exactly({
  type: Type.Literal('auth'),
  id,
  token: Type.String({ minLength: 1, maxLength: realtimeLimits.token }),
});
export type Auth = Static<typeof Auth>;

/**
 * Client: hand this to all who subscribed to the channel: a text, or bytes as base64. Answered by `published`. With a
 * key, a repetition by the same caller within a day is published once.
 */
export const Publish = exactly({
  type: Type.Literal('publish'),
  id,
  channel: ChannelName,
  data: Type.Optional(Type.String()),
  base64: Type.Optional(Type.String({ pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$' })),
  key: Type.Optional(Type.String({ minLength: 1, maxLength: realtimeLimits.key, pattern: '^[\\x21-\\x7e]+$' })),
});
export type Publish = Static<typeof Publish>;

/** Every text frame that a client may send. */
export const ClientMessage = Type.Union([Subscribe, Unsubscribe, Publish, Auth, Ping]);
export type ClientMessage = Static<typeof ClientMessage>;

/** Server, first: how often it pings, and how large a frame of the client may be, in milliseconds and bytes. */
export const Welcome = Type.Object({
  type: Type.Literal('welcome'),
  session: Type.String(),
  pingMs: Type.Integer(),
  maxBytes: Type.Integer(),
});
export type Welcome = Static<typeof Welcome>;

/**
 * Server: whatever is published to the channel after this place arrives. `recovered` answers `since`: whether all that
 * was published since then follows, or a `gap` tells what is missing.
 */
export const Subscribed = Type.Object({
  type: Type.Literal('subscribed'),
  id,
  channel: ChannelName,
  epoch: Epoch,
  offset: Offset,
  recovered: Type.Optional(Type.Boolean()),
});
export type Subscribed = Static<typeof Subscribed>;

/** Server: nothing more of this channel follows. */
export const Unsubscribed = Type.Object({ type: Type.Literal('unsubscribed'), id, channel: ChannelName });
export type Unsubscribed = Static<typeof Unsubscribed>;

/**
 * Server: a message, the same bytes for all who subscribed to the channel. `data` is the payload where it is valid
 * UTF-8, else it is `base64`. Without `offset` it was published to a durable channel in passing, and is not stored.
 */
export const Message = Type.Object({
  type: Type.Literal('message'),
  channel: ChannelName,
  offset: Type.Optional(Offset),
  data: Type.Optional(Type.String()),
  base64: Type.Optional(Type.String()),
});
export type Message = Static<typeof Message>;

/** Server: the token is good, for so long; without `expiresInSeconds` nobody is asked for tokens here. */
export const Authenticated = Type.Object({
  type: Type.Literal('authenticated'),
  id,
  expiresInSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type Authenticated = Static<typeof Authenticated>;

/** Server: Redis has accepted the message; on a durable channel as the one at this place. */
export const PublishedMessage = Type.Object({
  type: Type.Literal('published'),
  id,
  channel: ChannelName,
  epoch: Type.Optional(Epoch),
  offset: Type.Optional(Offset),
});
export type PublishedMessage = Static<typeof PublishedMessage>;

/** Server: the answer to a ping. */
export const Pong = Type.Object({ type: Type.Literal('pong'), id });
export type Pong = Static<typeof Pong>;

/** Server: a frame was refused; the connection stays. */
export const ErrorMessage = Type.Object({
  type: Type.Literal('error'),
  id,
  code: RealtimeErrorCode,
  message: Type.String(),
  channel: Type.Optional(Type.String({ maxLength: realtimeLimits.channelEcho })),
});
export type ErrorMessage = Static<typeof ErrorMessage>;

/** Server, last: the connection ends; connect again after so many milliseconds. */
export const Closing = Type.Object({ type: Type.Literal('closing'), reconnectMs: Type.Integer({ minimum: 0 }) });
export type Closing = Static<typeof Closing>;

/** Every text frame of the server. */
export const ServerMessage = Type.Union([
  Welcome,
  Authenticated,
  Subscribed,
  Unsubscribed,
  Message,
  Gap,
  PublishedMessage,
  Pong,
  ErrorMessage,
  Closing,
]);
export type ServerMessage = Static<typeof ServerMessage>;

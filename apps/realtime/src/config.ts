import { randomBytes } from 'node:crypto';
import { secretSetting } from '@seaworthy/chassis/secret';
import { defineSettings } from '@seaworthy/chassis/settings';
import { type Static, Type } from 'typebox';
import type { HubLimits } from './hub.ts';

/** The settings of this service; `redis/locate.ts` reads the first four in this order. */
export const Settings = defineSettings({
  REDIS_URL: Type.Optional(
    secretSetting({
      pattern: '^rediss?://',
      description: 'Redis as a URL, `rediss://` for TLS; it may carry a user and a password. Comes before all others.',
      examples: ['rediss://:password@name.redis.cache.windows.net:6380'],
    }),
  ),
  REDISHOST: Type.Optional(
    Type.String({
      description: 'Redis as `host` or `host:port`, an IPv6 address with a port in brackets. Without it, see below.',
      examples: ['redis:6379'],
    }),
  ),
  REDIS_SERVICE_HOST: Type.Optional(
    Type.String({
      description: 'Redis host; Kubernetes sets it for a Service named redis. `localhost` when absent.',
      examples: ['10.0.0.11'],
    }),
  ),
  REDIS_SERVICE_PORT: Type.Integer({
    minimum: 1,
    maximum: 65535,
    default: 6379,
    description: 'Redis port that goes with REDIS_SERVICE_HOST.',
  }),
  AUTH_SECRET: Type.Optional(
    secretSetting({
      pattern: '^.{32,}$',
      description:
        'Access tokens are signed with this secret (HS256, 32 characters or more) instead of by an issuer: instead of AUTH_ISSUER; AUTH_AUDIENCE is then checked where it is set.',
      examples: ['b7c1d0a94f7e4f0c8a53e6d2915f3b08'],
    }),
  ),
  TICKET_KEY: Type.Optional(
    secretSetting({
      pattern: '^.{32,}$',
      description:
        'Signs tickets: the same for all replicas, so that each takes the tickets of the others. Absent: AUTH_SECRET does, or a key of this process, whose tickets no other takes.',
      examples: ['5f0e1d5a7b4b0f9a538c1f0e1d5a7b4b'],
    }),
  ),
  ALLOWED_ORIGINS: Type.Array(Type.String({ pattern: '^(\\*|https?://[^/\\s]+)$' }), {
    default: [],
    description:
      'Web origins whose pages may connect, besides those of the same host; `*` for all. Clients without an Origin header always may.',
    examples: [['https://console.example.com']],
  }),
  MAX_CONNECTIONS: Type.Integer({
    minimum: 1,
    maximum: 1_000_000,
    default: 20_000,
    description: 'Clients that hold a connection at a time; further ones get 503 and `Retry-After`.',
  }),
  MAX_CONNECTIONS_PER_ADDRESS: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    default: 1000,
    description:
      'How many of them may be of one address (of one /64 network with IPv6); further ones get 429. Whoever connects from the machine itself is not counted. 0: as many as fit.',
  }),
  CONNECTIONS_PER_SECOND: Type.Integer({
    minimum: 1,
    maximum: 100_000,
    default: 2000,
    description: 'How many clients may come each second, and five times as many at once; further ones get 503.',
  }),
  DURABLE_CHANNELS: Type.Array(Type.String({ minLength: 1 }), {
    default: [],
    description:
      'Channels whose messages are stored in Redis Streams and delivered at least once, by name; `*` stands for any characters.',
    examples: [['orders.*']],
  }),
  STORE_MESSAGES: Type.Integer({
    minimum: 1,
    maximum: 10_000_000,
    default: 10_000,
    description: 'About how many messages of a durable channel are stored in Redis.',
  }),
  STORE_SECONDS: Type.Integer({
    minimum: 60,
    maximum: 30 * 86_400,
    default: 86_400,
    description: 'How long a durable channel to which nothing is published stays stored.',
  }),
  SEND_BUDGET_BYTES: Type.Integer({
    minimum: 65_536,
    maximum: 1024 ** 3,
    default: 256 * 1024,
    description:
      'Bytes that may wait for one client. With more it falls behind: it goes on from what is kept once it has read, or is told what it missed.',
  }),
  MESSAGE_BYTES: Type.Integer({
    minimum: 1,
    maximum: 64 * 1024 ** 2,
    default: 1024 ** 2,
    description: 'The largest payload that is delivered; clients are told of a larger one as missing.',
  }),
  KEEP_MESSAGES: Type.Integer({
    minimum: 0,
    maximum: 100_000,
    default: 128,
    description: 'How many recent messages of each channel are kept at hand for who comes back or reads slowly.',
  }),
  KEEP_BYTES: Type.Integer({
    minimum: 0,
    maximum: 1024 ** 3,
    default: 256 * 1024,
    description: 'About how much memory the recent messages of a channel take at most.',
  }),
  KEEP_SECONDS: Type.Integer({
    minimum: 0,
    maximum: 86_400,
    default: 60,
    description: 'How long recent messages are kept at hand.',
  }),
  HOLD_OFF_MILLISECONDS: Type.Integer({
    minimum: 0,
    maximum: 1000,
    default: 10,
    description:
      'Under load, messages wait for each other as long as the last round of writes took, but no longer than this; 0 never lets them wait.',
  }),
});
export type Settings = Static<typeof Settings>;

/** Those that are about clients. */
export type AppSettings = Pick<
  Settings,
  | 'ALLOWED_ORIGINS'
  | 'MAX_CONNECTIONS'
  | 'MAX_CONNECTIONS_PER_ADDRESS'
  | 'CONNECTIONS_PER_SECOND'
  | 'AUTH_SECRET'
  | 'TICKET_KEY'
  | 'DRAIN_SECONDS'
  | 'DURABLE_CHANNELS'
  | 'SEND_BUDGET_BYTES'
  | 'MESSAGE_BYTES'
  | 'KEEP_MESSAGES'
  | 'KEEP_BYTES'
  | 'KEEP_SECONDS'
  | 'HOLD_OFF_MILLISECONDS'
>;

/** What the settings say of how much is kept and how long it may wait. */
export function limitsOf(settings: AppSettings): HubLimits {
  return {
    ring: {
      entries: settings.KEEP_MESSAGES,
      bytes: settings.KEEP_BYTES,
      milliseconds: settings.KEEP_SECONDS * 1000,
    },
    maxDelayMilliseconds: settings.HOLD_OFF_MILLISECONDS,
    sendBudgetBytes: settings.SEND_BUDGET_BYTES,
    messageBytes: settings.MESSAGE_BYTES,
  };
}

/** What the settings say of how many clients there may be, and of how they go. */
export function crowdLimitsOf(settings: AppSettings) {
  const limits = {
    all: settings.MAX_CONNECTIONS,
    perAddress: settings.MAX_CONNECTIONS_PER_ADDRESS,
    perSecond: settings.CONNECTIONS_PER_SECOND,
  };
  return { limits, drainMilliseconds: settings.DRAIN_SECONDS * 1000 };
}

/** What tickets are signed with. That of the tokens does not sign them itself: neither can be taken for the other. */
export function ticketKeyOf({ TICKET_KEY, AUTH_SECRET }: AppSettings): () => string {
  const own = randomBytes(32).toString('base64url');
  return () => TICKET_KEY?.value ?? (AUTH_SECRET ? `tickets of ${AUTH_SECRET.value}` : own);
}

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
    description: 'WebSocket clients at a time; further ones get 503 and `Retry-After`.',
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

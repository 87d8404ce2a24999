import { secretSetting } from '@seaworthy/chassis/secret';
import { defineSettings } from '@seaworthy/chassis/settings';
import { type Static, Type } from 'typebox';

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
  SEND_BUDGET_BYTES: Type.Integer({
    minimum: 0,
    maximum: 1024 ** 3,
    default: 1024 ** 2,
    description: 'Bytes that may wait for one client; with more it counts as too slow and is closed with 1013.',
  }),
});
export type Settings = Static<typeof Settings>;

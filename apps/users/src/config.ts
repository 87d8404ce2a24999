import { secretSetting } from '@seaworthy/chassis/secret';
import { defineSettings } from '@seaworthy/chassis/settings';
import { type Static, Type } from 'typebox';

/** Everything that can be set from outside. */
export const Settings = defineSettings({
  NODE_ENV: Type.Optional(
    Type.String({
      description: 'Where this runs; in `production` only a real Postgres will do.',
      examples: ['production'],
    }),
  ),
  DATABASE_URL: Type.Optional(
    secretSetting({
      pattern: '^postgres(ql)?://',
      description: 'The Postgres to keep users in. Without it, an embedded one is used: for development only.',
      examples: ['postgresql://users:password@postgres.example:5432/users?sslmode=verify-full'],
    }),
  ),
  DATABASE_AUTH: Type.Enum(['password', 'entra'], {
    default: 'password',
    description:
      'How to get into Postgres: by the password in DATABASE_URL, or by access tokens of the workload identity, whose ' +
      'role DATABASE_URL then names as its user.',
  }),
  DATABASE_DIR: Type.String({
    default: '.data/postgres',
    description: 'Where the embedded Postgres keeps its files, when DATABASE_URL is not set.',
  }),
  DATABASE_POOL_SIZE: Type.Integer({
    minimum: 1,
    maximum: 1000,
    default: 10,
    description: 'Most connections that one process holds to Postgres for requests; with REDIS_URL there is one more.',
  }),
  DATABASE_CONNECTION_TIMEOUT_SECONDS: Type.Number({
    minimum: 0.1,
    maximum: 60,
    default: 5,
    description: 'Longest wait for a connection; afterwards the request is answered 503.',
  }),
  DATABASE_STATEMENT_TIMEOUT_SECONDS: Type.Number({
    minimum: 0.1,
    maximum: 600,
    default: 10,
    description: 'Longest run of one statement; afterwards the request is answered 503.',
  }),
  DATABASE_PREPARED_STATEMENTS: Type.Boolean({
    default: true,
    description:
      'Let Postgres parse each statement once per connection. `false` behind a pooler of transactions that cannot.',
  }),
  MIGRATE_AT_START: Type.Boolean({
    default: true,
    description: 'Bring the tables up to date before listening. `false`: refuse to start until migrate.ts has done so.',
  }),
  AZURE_TENANT_ID: Type.Optional(
    Type.String({
      pattern: '^[0-9a-zA-Z.-]+$',
      description: 'Entra tenant of the identity, an id or a domain. Needed where DATABASE_AUTH is `entra`.',
      examples: ['6f1d2c3b-4a59-4e68-8c77-9b0a1d2e3f40'],
    }),
  ),
  AZURE_CLIENT_ID: Type.Optional(
    Type.String({
      format: 'uuid',
      description: 'Client id of the identity. Needed where DATABASE_AUTH is `entra`.',
      examples: ['c0ffee00-6a2b-4c1d-9e3f-5a7b8c9d0e1f'],
    }),
  ),
  AZURE_FEDERATED_TOKEN_FILE: Type.Optional(
    Type.String({
      description:
        'File with the projected service account token, named by the workload identity webhook. Needed where ' +
        'DATABASE_AUTH is `entra`.',
      examples: ['/var/run/secrets/azure/wi/token/azure-identity-token'],
    }),
  ),
  AZURE_AUTHORITY_HOST: Type.String({
    pattern: '^https://[^/\\s]+/?$',
    default: 'https://login.microsoftonline.com',
    description: 'Where Entra issues tokens. An https URL.',
  }),
  REDIS_URL: Type.Optional(
    secretSetting({
      pattern: '^rediss?://',
      description:
        'Where changes of users are published, `rediss://` for TLS; it may carry a user and a password. Absent: nowhere.',
      examples: ['rediss://:password@name.redis.cache.windows.net:6380'],
    }),
  ),
  PAGE_TOKEN_KEY: Type.Optional(
    secretSetting({
      pattern: '^.{16,}$',
      description:
        'Signs page tokens: the same for all replicas, so that each can follow the tokens of the others. Absent: one ' +
        'is made up at the start.',
      examples: ['8c1f0e1d5a7b4b0f9a53'],
    }),
  ),
  RATE_LIMIT_REQUESTS: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    default: 0,
    description:
      'How many requests a caller may send in RATE_LIMIT_SECONDS, per replica, refused ones included; then 429. 0 is no limit.',
  }),
  RATE_LIMIT_SECONDS: Type.Integer({
    minimum: 1,
    maximum: 86_400,
    default: 60,
    description: 'The time in which RATE_LIMIT_REQUESTS are counted.',
  }),
});
export type Settings = Static<typeof Settings>;

import type { SettingRule } from '@seaworthy/chassis/environment';
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
  DATABASE_DIR: Type.String({
    default: '.data/postgres',
    description: 'Where the embedded Postgres keeps its files, when DATABASE_URL is not set.',
  }),
  DATABASE_POOL_SIZE: Type.Integer({
    minimum: 1,
    maximum: 1000,
    default: 10,
    description: 'Most connections that one process holds to Postgres.',
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
  MIGRATE_AT_START: Type.Boolean({
    default: true,
    description: 'Bring the tables up to date before listening. `false`: refuse to start until migrate.ts has done so.',
  }),
});
export type Settings = Static<typeof Settings>;

/** Whether this is a URL that pg can connect to; one without a host has its socket in `?host=`. */
export function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) || URL.canParse(text.replace('@/', '@localhost/'));
}

export const rules: readonly SettingRule<Settings>[] = [
  // An embedded database in production would lose its users with the pod.
  ({ NODE_ENV, DATABASE_URL }) =>
    NODE_ENV !== 'production' || DATABASE_URL
      ? undefined
      : { name: 'DATABASE_URL', fault: 'is needed in production: the embedded Postgres is for development only' },
  ({ DATABASE_URL }) =>
    !DATABASE_URL || isPostgresUrl(DATABASE_URL.value)
      ? undefined
      : {
          name: 'DATABASE_URL',
          fault: 'is no URL (not shown here): look for a character that must be percent-encoded',
        },
];

import { randomBytes } from 'node:crypto';
import { runService } from '@seaworthy/chassis/run';
import { SignedTokens } from '@seaworthy/chassis/signed-tokens';
import { redisUrlRule } from '@seaworthy/redis/url-rule';
import manifest from '../package.json' with { type: 'json' };
import { app } from './app.ts';
import { databasePasswords } from './azure/database-passwords.ts';
import { ChangeRelay } from './change-relay.ts';
import { Settings } from './config.ts';
import { databaseRules } from './database-rules.ts';
import { keepHouse } from './housekeeping.ts';
import { pause } from './pause.ts';
import { forgetExpiredKeys } from './postgres/idempotency-keys.ts';
import { openDatabase } from './postgres/open-database.ts';
import { openOutbox } from './postgres/outbox.ts';
import { postgresUsers } from './postgres/postgres-users.ts';
import { prepareTables } from './postgres/prepare-tables.ts';
import { measureRelay } from './prometheus/relay-metrics.ts';
import { RedisPublisher } from './redis/redis-publisher.ts';

await runService(
  {
    name: 'users',
    version: manifest.version,
    description: manifest.description,
    settings: Settings,
    rules: [...databaseRules, redisUrlRule],
    env: process.env,
  },
  async ({ settings, log, registry, part }) => {
    const { REDIS_URL, PAGE_TOKEN_KEY, RATE_LIMIT_REQUESTS: requests, RATE_LIMIT_SECONDS: seconds } = settings;
    const passwords = databasePasswords(settings, log);
    const database = part('postgres', await openDatabase(settings, log, passwords));
    await prepareTables(database, settings);
    part('housekeeping', keepHouse({ tidy: () => forgetExpiredKeys(database, new Date()), log, pause }));
    // Without Redis, nothing is written to an outbox that nobody would empty.
    const changes =
      REDIS_URL &&
      part(
        'changes',
        new ChangeRelay({
          outbox: part('outbox', openOutbox(settings, database, { log, passwords })),
          publisher: part('redis', new RedisPublisher(() => REDIS_URL.value)),
          observer: measureRelay(registry),
          log,
          pause,
        }),
      );
    const key = randomBytes(32).toString('base64url');
    return app({
      users: postgresUsers(database, { changes }),
      tokens: new SignedTokens(() => PAGE_TOKEN_KEY?.value ?? key),
      rateLimit: { requests, seconds },
    });
  },
);

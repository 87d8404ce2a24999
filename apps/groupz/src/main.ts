import { randomBytes } from 'node:crypto';
import { runService } from '@seaworthy/chassis/run';
import { redisUrlRule } from '@seaworthy/redis/url-rule';
import pLimit from 'p-limit';
import manifest from '../package.json' with { type: 'json' };
import { app } from './app.ts';
import { connectAzure } from './azure/azure.ts';
import { ChangeLog } from './change-log.ts';
import { systemClock as clock } from './clock.ts';
import { rules, Settings } from './config.ts';
import { Inventory } from './inventory.ts';
import type { InventoryObserver } from './inventory-observer.ts';
import { PageTokens } from './page-tokens.ts';
import { measureAzureCalls } from './prometheus/azure-metrics.ts';
import { countPublished } from './prometheus/publish-metrics.ts';
import { measureReadings } from './prometheus/reading-metrics.ts';
import { ReadModel } from './read-model.ts';
import { logReadings } from './reading-log.ts';
import { RedisPublisher } from './redis/redis-publisher.ts';
import { givenSubscriptions } from './subscription-source.ts';

await runService(
  {
    name: 'groupz',
    version: manifest.version,
    description: manifest.description,
    settings: Settings,
    rules: [...rules, redisUrlRule],
    env: process.env,
  },
  ({ settings, log, registry, prepared, part }) => {
    const { SUBSCRIPTION_ID, REDIS_URL, PAGE_TOKEN_KEY, REFRESH_SECONDS, REFRESH_DEADLINE_SECONDS } = settings;
    const azure = connectAzure(settings, { calls: measureAzureCalls(registry, clock), clock });
    const changes = new ChangeLog();
    const publisher =
      REDIS_URL &&
      part(
        'redis',
        new RedisPublisher({
          url: () => REDIS_URL.value,
          log,
          dedupeSeconds: 1.1 * REFRESH_SECONDS + REFRESH_DEADLINE_SECONDS,
          observe: countPublished(registry),
        }),
      );
    const feed: InventoryObserver = {
      groupsChanged(seen, first) {
        changes.append(seen);
        // What was there before somebody looked is no news for those who listen.
        if (!first) publisher?.publish(seen);
      },
    };
    // Last, so that nobody prepares an answer from what the others have not taken in.
    const clear = () => prepared.clear();
    const forget: InventoryObserver = { groupsChanged: clear, subscriptionRead: clear, discovered: clear };
    const inventory = part(
      'inventory',
      new Inventory({
        source: azure.groups,
        subscriptions: SUBSCRIPTION_ID ? givenSubscriptions(SUBSCRIPTION_ID) : azure.subscriptions,
        discoverySeconds: settings.DISCOVERY_SECONDS,
        pace: {
          refreshSeconds: REFRESH_SECONDS,
          slowestSeconds: Math.min(10 * REFRESH_SECONDS, settings.STALE_LIMIT_SECONDS / 2),
          random: Math.random,
        },
        deadlineSeconds: REFRESH_DEADLINE_SECONDS,
        limit: pLimit(settings.REFRESH_CONCURRENCY),
        clock,
        observers: [logReadings(log), measureReadings(registry, clock), feed, forget],
      }),
    );
    const key = randomBytes(32).toString('base64url');
    const model = new ReadModel({
      holdings: inventory.holdings,
      source: azure.groups.name,
      tokens: new PageTokens(() => PAGE_TOKEN_KEY?.value ?? key),
      clock,
      overdueSeconds: 2 * REFRESH_SECONDS + REFRESH_DEADLINE_SECONDS,
      staleLimitSeconds: settings.STALE_LIMIT_SECONDS,
    });
    return app({ model, changes, prepared, clock });
  },
);

import { createLog } from '@seaworthy/chassis/log';
import { PreparedAnswers } from '@seaworthy/chassis/prepared-answers';
import type { Routes } from '@seaworthy/chassis/route';
import { app as groupz } from '@seaworthy/groupz/app';
import { ChangeLog } from '@seaworthy/groupz/change-log';
import { systemClock as clock } from '@seaworthy/groupz/clock';
import { Inventory } from '@seaworthy/groupz/inventory';
import { memorySource } from '@seaworthy/groupz/memory/memory-source';
import { PageTokens } from '@seaworthy/groupz/page-tokens';
import { ReadModel } from '@seaworthy/groupz/read-model';
import { givenSubscriptions } from '@seaworthy/groupz/subscription-source';
import { app as realtime } from '@seaworthy/realtime/app';
import { memoryBroker } from '@seaworthy/realtime/memory/memory-broker';
import { app as users } from '@seaworthy/users/app';
import { memoryUsers } from '@seaworthy/users/memory/memory-users';
import pLimit from 'p-limit';
import { Registry } from 'prom-client';

/** The routes of groupz, around an inventory of nothing. */
export function groupzRoutes(): Routes {
  const source = memorySource(new Map());
  const inventory = new Inventory({
    source,
    subscriptions: givenSubscriptions([]),
    discoverySeconds: 1,
    deadlineSeconds: 1,
    pace: { refreshSeconds: 1, random: () => 0 },
    limit: pLimit(1),
    clock,
    observers: [],
  });
  void inventory.close();
  const tokens = new PageTokens(() => '');
  const limits = { overdueSeconds: 1, staleLimitSeconds: 1 };
  const model = new ReadModel({ inventory, tokens, source: source.name, clock, ...limits });
  return groupz({ model, changes: new ChangeLog(), prepared: new PreparedAnswers(), clock });
}

/** The routes of realtime, around a broker in memory. */
export function realtimeRoutes(): Routes {
  return realtime({
    broker: memoryBroker(),
    settings: { ALLOWED_ORIGINS: [], MAX_CONNECTIONS: 1, SEND_BUDGET_BYTES: 0 },
    log: createLog({ name: 'realtime', level: 'silent' }),
    registry: new Registry(),
  });
}

/** The routes of users, around users in memory. */
export function usersRoutes(): Routes {
  return users({ users: memoryUsers() });
}

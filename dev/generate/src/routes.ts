import { createLog } from '@seaworthy/chassis/log';
import type { Routes } from '@seaworthy/chassis/route';
import { app as groupz } from '@seaworthy/groupz/app';
import { app as realtime } from '@seaworthy/realtime/app';
import { memoryBroker } from '@seaworthy/realtime/memory/memory-broker';
import { app as users } from '@seaworthy/users/app';
import { memoryUsers } from '@seaworthy/users/memory/memory-users';
import { Registry } from 'prom-client';

/** The routes of groupz, around an inventory of nothing. */
export function groupzRoutes(): Routes {
  const listNames = () => ({ names: [], ageSeconds: 0 });
  return groupz({ inventory: { listNames, check: async () => undefined, close: async () => undefined } });
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

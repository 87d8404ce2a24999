import { anybody } from '@seaworthy/chassis/auth';
import { createLog } from '@seaworthy/chassis/log';
import { PreparedAnswers } from '@seaworthy/chassis/prepared-answers';
import type { Routes } from '@seaworthy/chassis/route';
import { readSettings } from '@seaworthy/chassis/settings';
import { SignedTokens } from '@seaworthy/chassis/signed-tokens';
import { app as groupz } from '@seaworthy/groupz/app';
import { ChangeLog } from '@seaworthy/groupz/change-log';
import { systemClock as clock } from '@seaworthy/groupz/clock';
import { Holdings } from '@seaworthy/groupz/holdings';
import { PageTokens } from '@seaworthy/groupz/page-tokens';
import { ReadModel } from '@seaworthy/groupz/read-model';
import { app as realtime } from '@seaworthy/realtime/app';
import { Settings } from '@seaworthy/realtime/config';
import { memoryBroker } from '@seaworthy/realtime/memory/memory-broker';
import { app as users } from '@seaworthy/users/app';
import { memoryUsers } from '@seaworthy/users/memory/memory-users';
import { Registry } from 'prom-client';

/** The routes of groupz, around nothing. */
export function groupzRoutes(): Routes {
  const model = new ReadModel({
    holdings: new Holdings(),
    tokens: new PageTokens(() => ''),
    source: 'arm',
    clock,
    overdueSeconds: 1,
    staleLimitSeconds: 1,
  });
  return groupz({ model, changes: new ChangeLog(), prepared: new PreparedAnswers(), clock });
}

/** The routes of realtime, around a broker in memory. */
export function realtimeRoutes(): Routes {
  return realtime({
    broker: memoryBroker(),
    authenticate: async () => anybody,
    settings: readSettings(Settings, { AUTH: 'none' }).settings,
    log: createLog({ name: 'realtime', level: 'silent' }),
    registry: new Registry(),
  });
}

/** The routes of users, around users in memory. */
export function usersRoutes(): Routes {
  return users({ users: memoryUsers(), tokens: new SignedTokens(() => '') });
}

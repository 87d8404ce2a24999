import { authenticator } from '@seaworthy/chassis/auth';
import { createLog } from '@seaworthy/chassis/log';
import { PreparedAnswers } from '@seaworthy/chassis/prepared-answers';
import { createServer } from '@seaworthy/chassis/server';
import request from 'supertest';
import { onTestFinished } from 'vitest';
import { app } from '../../src/app.ts';
import { ChangeLog } from '../../src/change-log.ts';
import { modelOf } from '../model.ts';
import { type InventoryWorld, startedInventory } from '../started-inventory.ts';
import { callOf } from './wire.ts';

type Auth = Parameters<typeof authenticator>[0];

interface Wish extends InventoryWorld {
  auth?: Auth;
  /** How long the inventory has had before the first request. */
  seconds?: number;
  staleLimitSeconds?: number;
  /** Of page tokens. */
  key?: string;
}

/** The service over an inventory that has had some seconds to load. */
export async function serve({
  auth = { AUTH: 'none' },
  seconds = 0,
  staleLimitSeconds = 3600,
  key = 'a key',
  ...world
}: Wish) {
  const started = startedInventory(world);
  const { clock, inventory } = started;
  const [prepared, changes] = [new PreparedAnswers(), new ChangeLog()];
  const log = createLog({ name: 'groupz', level: 'silent' });
  const model = modelOf(inventory, { clock, staleLimitSeconds, key });
  const server = await createServer({
    name: 'groupz',
    version: '1.2.3',
    description: 'Lists groups.',
    log,
    routes: app({ model, changes, prepared, clock }),
    authenticate: authenticator(auth, { log }),
    readiness: async () => ({ ready: true, checks: {} }),
    prepared: auth.AUTH === 'none' ? prepared : undefined,
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  await clock.advance(seconds);
  return {
    ...started,
    http: request(server.server),
    /** Calls it without a client library between. */
    call: (path: string, how?: Parameters<typeof callOf>[2]) => callOf(server.server, path, how),
    model,
    changes,
    /** Lets time pass. Prepared answers live by the real clock, so that they are forgotten here. */
    async advance(more: number) {
      await clock.advance(more);
      prepared.clear();
    },
  };
}

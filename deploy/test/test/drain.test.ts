import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { podOfUsers } from './rendered.ts';
import { startUsers } from './users-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-drain-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { terminationGracePeriodSeconds, containers } = await podOfUsers();
const { seconds: preStop } = containers[0].lifecycle.preStop.sleep;

it('a pod that is drained loses no request, and ends within its grace period', async () => {
  // A second stands for five: what a kubelet and the endpoints do is only slower.
  const users = await startUsers({ DATABASE_DIR: join(folder, 'postgres'), SHUTDOWN_DELAY_SECONDS: '1' });
  const statuses: number[] = [];
  let isEndpoint = true;
  const load = Promise.all(
    Array.from({ length: 8 }, async () => {
      while (isEndpoint) statuses.push((await users.get('/users')).status);
    }),
  );

  await wait((preStop * 1000) / 5);
  const began = Date.now();
  const ended = users.stop();
  // The last edge notices only now, while the program already says that it goes.
  await wait(500);
  isEndpoint = false;
  await load;

  expect(await ended).toBe(0);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect((Date.now() - began) / 1000 + preStop).toBeLessThan(terminationGracePeriodSeconds);
});

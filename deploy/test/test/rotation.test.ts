import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { MountedVolume } from './mounted-volume.ts';
import { podOfUsers } from './rendered.ts';
import { startUsers, type UsersProcess } from './users-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-rotation-'));
const [container] = (await podOfUsers()).containers;
/** Where the Deployment says that the key of page tokens is. */
const file: string = container.env.find(({ name }: { name: string }) => name === 'PAGE_TOKEN_KEY_FILE').value;
const volume = new MountedVolume(join(folder, dirname(file)), { [basename(file)]: 'the-first-key-of-tokens' });

let users: UsersProcess;

beforeAll(async () => {
  users = await startUsers({ PAGE_TOKEN_KEY_FILE: join(folder, file), DATABASE_DIR: join(folder, 'postgres') });
  for (const name of ['ada', 'grace', 'joan'])
    await fetch(`${users.address}/users`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: `${name}@example.com`, displayName: name }),
    });
});

afterAll(async () => {
  await users.stop();
  rmSync(folder, { recursive: true });
});

it('a key that rotates is used within seconds, by the same process, while it answers', async () => {
  const { body } = await users.get('/users?pageSize=1');
  const statuses: number[] = [];
  let isOver = false;
  const load = Promise.all(
    Array.from({ length: 8 }, async () => {
      while (!isOver) statuses.push((await users.get('/users')).status);
    }),
  );

  volume.swap({ [basename(file)]: 'the-second-key-of-tokens' });
  const withOldKey = `/users?pageSize=1&pageToken=${body.nextPageToken}`;
  await vi.waitFor(async () => expect((await users.get(withOldKey)).status).toBe(400), {
    timeout: 10_000,
    interval: 50,
  });
  const { body: next } = await users.get('/users?pageSize=1');

  expect((await users.get(`/users?pageSize=1&pageToken=${next.nextPageToken}`)).status).toBe(200);
  isOver = true;
  await load;
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(users.isRunning()).toBe(true);
});

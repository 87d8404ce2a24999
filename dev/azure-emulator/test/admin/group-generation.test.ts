import request from 'supertest';
import { afterAll, expect, it } from 'vitest';
import { generateGroups } from '../../src/admin/group-generation.ts';
import { startEmulator } from '../../src/emulator.ts';
import { armClient, groupNames, production } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const admin = request(emulator.httpUrl);
const path = `/_emulator/subscriptions/${production}/resourcegroups`;

it('takes several values in turn', () => {
  const groups = generateGroups({
    count: 3,
    prefix: 'x',
    location: ['a', 'b'],
    tags: { env: ['dev', 'prod'], team: 't' },
  });
  expect(groups).toEqual([
    { name: 'x-00001', location: 'a', tags: { env: 'dev', team: 't' } },
    { name: 'x-00002', location: 'b', tags: { env: 'prod', team: 't' } },
    { name: 'x-00003', location: 'a', tags: { env: 'dev', team: 't' } },
  ]);
});

it('names and places groups by itself', () => {
  expect(generateGroups({ count: 1 })).toEqual([{ name: 'rg-00001', location: 'westeurope' }]);
});

it('lists follow what is made and deleted between them', async () => {
  const client = armClient(emulator);
  const before = await groupNames(client);
  await admin.post(`${path}:generate`).send({ count: 2 });
  expect(await groupNames(client)).toHaveLength(before.length + 2);
  for (const name of ['rg-00001', 'rg-00002']) await admin.delete(`${path}/${name}`);
  expect(await groupNames(client)).toEqual(before);
});

it.for([
  [path, { count: 0 }, 400],
  [path, { count: 1, prefix: 'a/b' }, 400],
  [path, {}, 400],
  ['/_emulator/subscriptions/none/resourcegroups', { count: 1 }, 404],
] as const)('%s %j: %i', async ([collection, body, status]) => {
  expect((await admin.post(`${collection}:generate`).send(body)).status).toBe(status);
});

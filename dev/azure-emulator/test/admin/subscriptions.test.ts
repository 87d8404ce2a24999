import request from 'supertest';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import {
  accessToken,
  armGet,
  clientIds,
  GROUPS_VERSION,
  production,
  SUBSCRIPTIONS_VERSION,
  sandbox,
} from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const admin = request(emulator.httpUrl);
beforeEach(() => admin.post('/_emulator/reset'));
const token = await accessToken(emulator);
const added = '33333333-7e64-4f0b-b1a9-333333333333';
const path = (id: string) => `/_emulator/subscriptions/${id}`;
const get = (id: string) => armGet(emulator, `/subscriptions/${id}?api-version=${SUBSCRIPTIONS_VERSION}`, token);

async function visible(): Promise<string[]> {
  const { body } = await armGet(emulator, `/subscriptions?api-version=${SUBSCRIPTIONS_VERSION}`, token);
  return body.value.map((each: { subscriptionId: string }) => each.subscriptionId);
}

describe('PUT', () => {
  it('201 for a new subscription, which the applications named may read', async () => {
    const { status, body } = await admin.put(path(added)).send({ displayName: 'Added', access: ['groupz'] });
    expect(status).toBe(201);
    expect(body).toEqual({ id: added, displayName: 'Added', state: 'Enabled', access: ['groupz'] });
    expect(await visible()).toEqual([production, sandbox, added]);
    const users = await accessToken(emulator, { name: 'users' });
    const list = `/subscriptions/${added}/resourcegroups?api-version=${GROUPS_VERSION}`;
    expect((await armGet(emulator, list, users)).status).toBe(403);
    expect((await armGet(emulator, list, token)).body).toEqual({ value: [] });
  });

  it('201 for nobody, and 403 for all', async () => {
    expect((await admin.put(path(added))).status).toBe(201);
    expect((await get(added)).status).toBe(403);
  });

  it('200 for one that is there, which keeps its groups and its readers', async () => {
    const { status, body } = await admin.put(path(sandbox.toUpperCase())).send({ state: 'Disabled' });
    expect(status).toBe(200);
    expect(body).toEqual({ id: sandbox, displayName: 'Harbour Sandbox', state: 'Disabled', access: ['groupz'] });
    const state = await admin.get('/_emulator/state');
    expect(state.body.subscriptions[1]).toMatchObject({ state: 'Disabled', resourceGroups: { length: 4 } });
  });

  it('200, and access may be taken away', async () => {
    const { body } = await admin.put(path(sandbox)).send({ access: [clientIds.users] });
    expect(body.access).toEqual(['users']);
    expect((await get(sandbox)).status).toBe(403);
  });

  it.for([
    [path('nonsense'), {}, 'nonsense'],
    [path(added), { access: ['nobody'] }, 'nobody'],
    [path(added), { colour: 'red' }, '/colour'],
    [path(added), { state: 'Odd' }, '/state'],
  ] as const)('400 for %s %j', async ([url, body, message]) => {
    const response = await admin.put(url).send(body);
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(message);
    expect(await visible()).toEqual([production, sandbox]);
  });
});

describe('DELETE', () => {
  it('204, and its groups are gone with it', async () => {
    expect((await admin.delete(path(sandbox))).status).toBe(204);
    expect((await get(sandbox)).status).toBe(404);
    await admin.put(path(sandbox)).send({ access: ['groupz'] });
    const list = `/subscriptions/${sandbox}/resourcegroups?api-version=${GROUPS_VERSION}`;
    expect((await armGet(emulator, list, token)).body).toEqual({ value: [] });
  });

  it('404 for one that is not there', async () => {
    expect((await admin.delete(path(added))).status).toBe(404);
  });
});

it('a reset brings subscriptions and access back', async () => {
  await admin.delete(path(sandbox));
  await admin.put(path(added)).send({ access: ['groupz'] });
  await admin.post('/_emulator/reset');
  expect(await visible()).toEqual([production, sandbox]);
});

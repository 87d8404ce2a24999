import request from 'supertest';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, armClient, armGet, askFault, groupNames, production, sandbox } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const admin = request(emulator.httpUrl);
beforeEach(() => admin.post('/_emulator/reset'));
const calls = async () => (await admin.get('/_emulator/calls')).body.calls;
const list = { operation: 'resourceGroups.list', subscription: production };

it('counts by operation, subscription and status', async () => {
  await groupNames(armClient(emulator));
  await armGet(emulator, `/subscriptions/${sandbox.toUpperCase()}?api-version=x`, await accessToken(emulator));
  expect(await calls()).toEqual([
    { ...list, status: 200, count: 3 },
    { operation: 'subscriptions.get', subscription: sandbox, status: 400, count: 1 },
  ]);
});

it('counts what a fault refused, and what it gave no answer to', async () => {
  await askFault(emulator, { match: { target: 'arm' }, kind: 'status', status: 503, times: 1 });
  await askFault(emulator, { match: { target: 'arm' }, kind: 'drop', times: 1 });
  for (const _each of [1, 2]) await expect(groupNames(armClient(emulator))).rejects.toThrow();
  expect(await calls()).toEqual([
    { ...list, status: 503, count: 1 },
    { ...list, status: 0, count: 1 },
  ]);
});

it('is in the state too, and gone after a reset', async () => {
  await groupNames(armClient(emulator));
  expect((await admin.get('/_emulator/state')).body).toMatchObject({ calls: [{ count: 3 }], earlyRetries: 0 });
  await admin.post('/_emulator/reset');
  expect(await calls()).toEqual([]);
});

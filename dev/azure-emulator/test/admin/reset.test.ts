import request from 'supertest';
import { afterAll, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { askFault, production } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const admin = request(emulator.httpUrl);

it('200, and groups and faults are as at the start', async () => {
  const { body: before } = await admin.get('/_emulator/state');
  await admin.delete(`/_emulator/subscriptions/${production}/resourcegroups/rg-identity`);
  await askFault(emulator, { match: { target: 'arm' }, kind: 'drop' });
  expect((await admin.post('/_emulator/reset')).status).toBe(200);
  expect((await admin.get('/_emulator/state')).body).toEqual(before);
});

import request from 'supertest';
import { afterAll, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { production, tenantId } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const admin = request(emulator.httpUrl);

it('200 with what it is, where, and the links', async () => {
  const { status, body } = await admin.get('/_emulator');
  expect(status).toBe(200);
  expect(body).toMatchObject({ tenantId, arm: emulator.httpsUrl, clusterIssuer: `${emulator.httpsUrl}/cluster/` });
  expect(body.links).toContain(`${emulator.httpUrl}/_emulator/faults`);
});

it('200 when ready', async () => {
  const { status, body } = await admin.get('/_emulator/ready');
  expect(status).toBe(200);
  expect(body).toEqual({ ready: true });
});

it('200 with the whole state', async () => {
  const { status, body } = await admin.get('/_emulator/state');
  expect(status).toBe(200);
  expect(body.subscriptions[0]).toMatchObject({ id: production, resourceGroups: expect.any(Array) });
  expect(body.faults).toEqual([]);
});

it('404 on the TLS listener', async () => {
  const response = await request(emulator.httpsUrl).get('/_emulator/state').ca(emulator.ca);
  expect(response.status).toBe(404);
  expect(response.text).not.toContain('resourceGroups');
});

it('421 for a foreign host, as a rebound DNS name would give', async () => {
  const { status, body } = await admin.get('/_emulator/state').set('Host', 'attacker.example');
  expect(status).toBe(421);
  expect(body.error.code).toBe('MisdirectedRequest');
});

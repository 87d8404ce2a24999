import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import {
  accessToken,
  armClient,
  armGet,
  clientIds,
  exchange,
  groupNames,
  projectedToken,
  SUBSCRIPTIONS_VERSION,
} from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const revoke = (body: object = {}) => request(emulator.httpUrl).post('/_emulator/tokens/revoke').send(body);
const read = (token: string) => armGet(emulator, `/subscriptions?api-version=${SUBSCRIPTIONS_VERSION}`, token);

describe('a revoked token', () => {
  it('401 InvalidAuthenticationToken, until one issued later comes', async () => {
    const token = await accessToken(emulator);
    expect((await revoke()).body).toEqual({ revoked: true });
    const { status, body, headers } = await read(token);
    expect(status).toBe(401);
    expect(body.error.code).toBe('InvalidAuthenticationToken');
    expect(headers['www-authenticate']).not.toContain('claims=');
    expect((await read(await accessToken(emulator))).status).toBe(200);
  });

  it('401 with a claims challenge for a client that takes them, whatever its casing', async () => {
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['CP1'] } } });
    const { body } = await exchange(emulator, { client_assertion: await projectedToken(emulator), claims });
    await revoke();
    const { status, headers } = await read(body.access_token);
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toContain('error="insufficient_claims"');
    const [, challenge = ''] = /claims="([^"]+)"/.exec(headers['www-authenticate'] ?? '') ?? [];
    expect(JSON.parse(Buffer.from(challenge, 'base64').toString())).toHaveProperty('access_token.nbf.essential', true);
  });

  it('is one the SDK replaces by itself', async () => {
    const client = armClient(emulator);
    await groupNames(client);
    await revoke();
    expect(await groupNames(client)).toHaveLength(13);
  });

  it('belongs to the application named, if one is', async () => {
    const [groupz, users] = [await accessToken(emulator), await accessToken(emulator, { name: 'users' })];
    await revoke({ clientId: clientIds.users });
    expect([(await read(groupz)).status, (await read(users)).status]).toEqual([200, 401]);
  });
});

it('404 for an application that there is not', async () => {
  const { status, body } = await revoke({ clientId: 'nobody' });
  expect(status).toBe(404);
  expect(body.error.message).toContain('nobody');
});

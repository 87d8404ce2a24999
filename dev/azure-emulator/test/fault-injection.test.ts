import { setImmediate as nextTurn } from 'node:timers/promises';
import fastify from 'fastify';
import request from 'supertest';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../src/emulator.ts';
import { injectFaults } from '../src/fault-injection.ts';
import { FaultBook } from '../src/faults.ts';
import {
  accessToken,
  armClient,
  armGet,
  askFault,
  exchange,
  groupNames,
  production,
  projectedToken,
  sandbox,
} from './calls.ts';

const emulator = await startEmulator();
const admin = request(emulator.httpUrl);
afterAll(() => emulator.close());
afterEach(() => admin.delete('/_emulator/faults'));

const arm = { target: 'arm' };
const read = async (subscription = production) =>
  armGet(emulator, `/subscriptions/${subscription}?api-version=2022-12-01`, await accessToken(emulator));

describe('ARM', () => {
  it('429 with Retry-After, which the SDK obeys', async () => {
    await askFault(emulator, { match: arm, kind: 'status', status: 429, retryAfterSeconds: 0, times: 2 });
    expect(await groupNames(armClient(emulator, 3))).toHaveLength(13);
  });

  it('any status with the code asked for', async () => {
    await askFault(emulator, { match: arm, kind: 'status', status: 409, code: 'Conflict' });
    await expect(groupNames(armClient(emulator))).rejects.toMatchObject({ statusCode: 409, code: 'Conflict' });
  });

  it('401 ExpiredAuthenticationToken for a good token', async () => {
    await askFault(emulator, { match: arm, kind: 'expired-token' });
    await expect(groupNames(armClient(emulator))).rejects.toMatchObject({ code: 'ExpiredAuthenticationToken' });
  });

  it('401 InvalidAuthenticationToken for a revoked one', async () => {
    await askFault(emulator, { match: arm, kind: 'revoked-token' });
    await expect(groupNames(armClient(emulator))).rejects.toMatchObject({ statusCode: 401 });
    const { body, headers } = await read();
    expect(body.error.message).toContain('revoked');
    expect(headers['www-authenticate']).toContain('invalid_token');
  });

  it('401 with a claims challenge, which the SDK answers with a new token', async () => {
    await askFault(emulator, { match: arm, kind: 'cae-challenge', times: 1 });
    expect(await groupNames(armClient(emulator))).toHaveLength(13);
  });

  it('cuts the JSON in half', async () => {
    await askFault(emulator, { match: arm, kind: 'truncate' });
    await expect(groupNames(armClient(emulator))).rejects.toMatchObject({ code: 'PARSE_ERROR' });
  });

  it('drops the connection', async () => {
    await askFault(emulator, { match: arm, kind: 'drop' });
    await expect(groupNames(armClient(emulator))).rejects.toThrow(/socket hang up|ECONNRESET/);
  });

  it('delays, then answers', async () => {
    await askFault(emulator, { match: arm, kind: 'delay', milliseconds: 1, times: 1 });
    expect((await read()).status).toBe(200);
    expect((await admin.get('/_emulator/faults')).body).toEqual({ value: [] });
  });

  it('links the next page to a foreign host', async () => {
    await askFault(emulator, { match: arm, kind: 'foreign-next-link', origin: 'https://elsewhere.invalid' });
    const { value } = await armClient(emulator).resourceGroups.list().byPage().next();
    expect(value).toHaveLength(5);
    const groups = `/subscriptions/${production}/resourcegroups?api-version=2025-04-01`;
    const { body } = await armGet(emulator, groups, await accessToken(emulator));
    expect(body.nextLink).toMatch(/^https:\/\/elsewhere\.invalid\//);
  });

  it('meets only the subscription and the path asked for', async () => {
    await askFault(emulator, { match: { ...arm, subscription: sandbox }, kind: 'status', status: 500 });
    await askFault(emulator, {
      match: { ...arm, path: `/SUBSCRIPTIONS/${production}/x` },
      kind: 'status',
      status: 500,
    });
    expect([(await read()).status, (await read(sandbox)).status]).toEqual([200, 500]);
  });
});

describe('a delay', () => {
  it('holds the request for as long as was asked, and only then lets it on', async () => {
    const book = new FaultBook();
    book.add({ match: { target: 'arm' }, kind: 'delay', milliseconds: 60 });
    const events: string[] = [];
    const pause = async (milliseconds: number) => {
      await nextTurn();
      events.push(`${milliseconds} ms over`);
    };
    const app = fastify();
    injectFaults(app, { book, target: 'arm', refuse: (_fault, _request, reply) => reply, pause });
    app.get('/', async () => `${events.push('answered')}`);
    expect((await app.inject('/')).statusCode).toBe(200);
    expect(events).toEqual(['60 ms over', 'answered']);
  });
});

describe('Entra', () => {
  it('429 in its own words', async () => {
    await askFault(emulator, { match: { target: 'entra' }, kind: 'status', status: 429, retryAfterSeconds: 7 });
    const { status, body, headers } = await exchange(emulator, {});
    expect(status).toBe(429);
    expect(headers['retry-after']).toBe('7');
    expect(body).toMatchObject({ error: 'temporarily_unavailable', error_codes: [90033] });
  });

  it('cuts the token response', async () => {
    await askFault(emulator, { match: { target: 'entra' }, kind: 'truncate', times: 1 });
    const assertion = await projectedToken(emulator);
    const answer = exchange(emulator, { client_assertion: assertion });
    await expect(answer).rejects.toThrow(/JSON/);
  });
});

describe('managed identity', () => {
  it('410 while the service is being updated', async () => {
    await askFault(emulator, { match: { target: 'imds' }, kind: 'status', status: 410, code: 'gone' });
    const { status, body } = await admin.get('/metadata/identity/oauth2/token').set('Metadata', 'true');
    expect(status).toBe(410);
    expect(body.error).toBe('gone');
  });

  it('leaves the interface of the emulator alone', async () => {
    await askFault(emulator, { match: { target: 'imds' }, kind: 'drop' });
    expect((await admin.get('/_emulator/ready')).status).toBe(200);
  });
});

import { setImmediate as nextTurn } from 'node:timers/promises';
import fastify from 'fastify';
import { decodeJwt } from 'jose';
import request from 'supertest';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../src/emulator.ts';
import { FaultBook } from '../src/fault-book.ts';
import { injectFaults } from '../src/fault-injection.ts';
import {
  ARM_SCOPE,
  accessToken,
  armClient,
  armGet,
  askFault,
  exchange,
  groupNames,
  production,
  projectedToken,
  sandbox,
  workloadCredential,
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

  it('fails in the middle of a list', async () => {
    await askFault(emulator, { match: arm, kind: 'status', status: 503, skip: 1, times: 1 });
    const pages = armClient(emulator).resourceGroups.list().byPage();
    expect((await pages.next()).value).toHaveLength(5);
    await expect(pages.next()).rejects.toMatchObject({ statusCode: 503 });
  });

  it('links a page to itself', async () => {
    await askFault(emulator, { match: arm, kind: 'repeat-next-link', skip: 1, times: 1 });
    const pages = await Array.fromAsync(armClient(emulator).resourceGroups.list().byPage());
    expect(pages.map((page) => page.length)).toEqual([5, 5, 5, 3]);
    expect(pages[2]?.map(({ name }) => name)).toEqual(pages[1]?.map(({ name }) => name));
  });

  it('says how many reads are left', async () => {
    await askFault(emulator, { match: arm, kind: 'remaining-reads', value: 3, times: 1 });
    const { status, headers } = await read();
    expect(status).toBe(200);
    expect(headers['x-ms-ratelimit-remaining-subscription-reads']).toBe('3');
  });

  it('429 again for who does not wait', async () => {
    const refusal = { match: { ...arm, subscription: production }, kind: 'status', status: 429 };
    await askFault(emulator, { ...refusal, retryAfterSeconds: 60, hold: true, times: 1 });
    const answers = [await read(), await read(), await read(sandbox)];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(answers[1]?.headers['retry-after']).toBe('60');
    expect((await admin.get('/_emulator/calls')).body.earlyRetries).toBe(1);
  });

  it('401 for a token that is not good yet by a clock that is behind, with the Date to tell', async () => {
    const token = await accessToken(emulator);
    await askFault(emulator, { match: arm, kind: 'clock-skew', seconds: -3600 });
    const { status, headers } = await armGet(emulator, '/subscriptions?api-version=2022-12-01', token);
    expect(status).toBe(401);
    expect(Date.parse(headers['date'] ?? '')).toBeLessThan(Date.now() - 3_500_000);
  });

  it('401 ExpiredAuthenticationToken by a clock that is ahead', async () => {
    const token = await accessToken(emulator);
    await askFault(emulator, { match: arm, kind: 'clock-skew', seconds: 90_000 });
    const { body } = await armGet(emulator, '/subscriptions?api-version=2022-12-01', token);
    expect(body.error.code).toBe('ExpiredAuthenticationToken');
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

  it('AADSTS70021 while the federated credential is not known yet, and the metadata is', async () => {
    await askFault(emulator, { match: { target: 'entra' }, kind: 'federation-pending', times: 1 });
    await expect(workloadCredential(emulator).getToken(ARM_SCOPE)).rejects.toThrow(
      /AADSTS70021: No matching federated/,
    );
    const { token } = await workloadCredential(emulator).getToken(ARM_SCOPE);
    expect(token).toBeTruthy();
  });

  it('AADSTS70021 names what was presented', async () => {
    await askFault(emulator, { match: { target: 'entra' }, kind: 'federation-pending' });
    const { status, body } = await exchange(emulator, { client_assertion: await projectedToken(emulator) });
    expect(status).toBe(401);
    expect(body).toMatchObject({ error: 'invalid_client', error_codes: [70021] });
    expect(body.error_description).toContain("Assertion Subject: 'system:serviceaccount:seaworthy:groupz'");
  });

  it('AADSTS700024 by a clock that is ahead, and tokens of its own time', async () => {
    await askFault(emulator, { match: { target: 'entra' }, kind: 'clock-skew', seconds: 7200 });
    const assertion = await projectedToken(emulator);
    const { body } = await exchange(emulator, { client_assertion: assertion });
    expect(body.error_codes).toEqual([700024]);
    const long = await projectedToken(emulator, { expiresInSeconds: 90_000 });
    const issued = await exchange(emulator, { client_assertion: long });
    expect(decodeJwt(issued.body.access_token).iat).toBeGreaterThan(Date.now() / 1000 + 7000);
    expect(Date.parse(issued.headers['date'] ?? '')).toBeGreaterThan(Date.now() + 7_000_000);
  });

  it('cuts the token response', async () => {
    await askFault(emulator, { match: { target: 'entra' }, kind: 'truncate', times: 1 });
    const assertion = await projectedToken(emulator);
    const answer = exchange(emulator, { client_assertion: assertion });
    await expect(answer).rejects.toThrow(/JSON/);
  });
});

describe('Resource Graph', () => {
  const graph = { target: 'graph' };
  const query = async (options: object = {}) =>
    request(emulator.httpsUrl)
      .post('/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01')
      .ca(emulator.ca)
      .auth(await accessToken(emulator), { type: 'bearer' })
      .send({ query: 'resourcecontainers', options });

  it('429 in its own words, and ARM is left alone', async () => {
    await askFault(emulator, { match: graph, kind: 'status', status: 429, retryAfterSeconds: 2 });
    const { status, body, headers } = await query();
    expect([status, body.error.code, headers['retry-after']]).toEqual([429, 'RateLimiting', '2']);
    expect((await read()).status).toBe(200);
  });

  it('leads from a page to the same page', async () => {
    const { body: first } = await query({ $top: 4 });
    await askFault(emulator, { match: graph, kind: 'repeat-next-link', times: 2 });
    const { body: again } = await query({ $top: 4 });
    const { body: once } = await query({ $skipToken: again.$skipToken });
    expect(once.data).toEqual(first.data);
    expect(once.$skipToken).toBe(again.$skipToken);
    const { body: last } = await query({ $skipToken: once.$skipToken });
    expect(last.$skipToken).toBe(first.$skipToken);
  });

  it('401 with a claims challenge', async () => {
    await askFault(emulator, { match: graph, kind: 'cae-challenge', times: 1 });
    const { status, headers } = await query();
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toContain('insufficient_claims');
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

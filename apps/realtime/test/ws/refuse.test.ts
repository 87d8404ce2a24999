import { Problem } from '@seaworthy/chassis/problem';
import { expect, it } from 'vitest';
import { holdBack, startService } from '../service.ts';
import { tryUpgrade } from '../upgrade.ts';

it.each(['/nothing', '/ws/', '/WS', '/wss?channel=a'])('404 for an upgrade of %s', async (path) => {
  const { url } = await startService();
  const { status, headers, body } = await tryUpgrade(url + path);
  expect(headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8', connection: 'close' });
  expect([status, body['type']]).toEqual([404, 'urn:seaworthy:problem:not-found']);
});

it.each([
  ['channel='],
  ['channel=%00'],
  ['channel=a%0Ab'],
  ['channel=%ff'],
  [`channel=${'x'.repeat(256)}`],
  [`channel=${encodeURIComponent('ü'.repeat(128))}`],
  ['channel=a&channel='],
  ['chanel=a'],
  [Array.from({ length: 129 }, (_, at) => `channel=c${at}`).join('&')],
])('400 names the query parameter that is wrong: %.30s', async (query) => {
  const { url } = await startService();
  const { status, body } = await tryUpgrade(`${url}/ws?${query}`);
  expect(status).toBe(400);
  expect(JSON.stringify(body['errors'])).toMatch(/"pointer":"\?chann?el/);
});

it('401 without a valid token, before anything is subscribed', async () => {
  const authenticate = async () => {
    throw new Problem('unauthenticated', 'Send an access token.');
  };
  const { url, metric } = await startService({ authenticate });
  const { status, headers } = await tryUpgrade(`${url}/ws?channel=a`);
  expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer']);
  expect(await metric('realtime_channels')).toBe(0);
});

it('the token is the one of the handshake', async () => {
  const tokens: unknown[] = [];
  const authenticate = async (token?: string) => {
    tokens.push(token);
    throw new Problem('unavailable', 'Tokens cannot be verified.', { retryAfterSeconds: 5 });
  };
  const { url } = await startService({ authenticate });
  const { status, headers } = await tryUpgrade(`${url}/ws`, { authorization: 'Bearer x.y.z' });
  expect([status, headers['retry-after'], tokens]).toEqual([503, '5', ['Bearer x.y.z']]);
});

it.each([
  ['another version', { 'sec-websocket-version': '8' }],
  ['another protocol', { upgrade: 'h2c' }],
])('426 for %s', async (_what, given) => {
  const { url } = await startService();
  const { status, headers } = await tryUpgrade(`${url}/ws`, given);
  expect([status, headers.upgrade, headers['sec-websocket-version']]).toEqual([426, 'websocket', '13']);
});

it('200 for another path that offers another protocol as well', async () => {
  const { url } = await startService();
  expect(await tryUpgrade(`${url}/livez`, { upgrade: 'h2c' })).toMatchObject({ status: 200, body: { status: 'ok' } });
});

it.each([undefined, 'short', 'not base64 at all !!!!=='])('400 for the key %s', async (key) => {
  const { url } = await startService();
  const { status, body } = await tryUpgrade(`${url}/ws`, { 'sec-websocket-key': key });
  expect([status, body['detail']]).toEqual([400, 'Sec-WebSocket-Key is missing or not valid.']);
});

it('503 with Retry-After while there are as many clients as fit', async () => {
  const { url, open } = await startService({ settings: { MAX_CONNECTIONS: 1 } });
  const client = await open();
  expect(await tryUpgrade(`${url}/ws`)).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  await client.close();
  await expect(open()).resolves.toBeDefined();
});

it('503 when the channels are not confirmed within 5 seconds, and nothing stays subscribed', async () => {
  const { url, broker, clock, emptied } = await startService();
  const { asked } = holdBack(broker);
  const refused = tryUpgrade(`${url}/ws?channel=a`);
  await asked;
  clock.pass(5000);
  expect(await refused).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  await emptied();
});

it('500 leaks nothing when the broker fails in an unknown way', async () => {
  const { url, broker } = await startService();
  broker.subscribe = () => Promise.reject(new Error('secret detail'));
  const { status, body } = await tryUpgrade(`${url}/ws?channel=a`);
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain('secret detail');
});

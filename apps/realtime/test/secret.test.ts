import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startProcess } from './process.ts';
import { upgradeStatus } from './upgrade.ts';

const secret = 'thirty-two bytes of a secret, or more';
const settings = { REDISHOST: '127.0.0.1:1', AUTH: 'jwt', AUTH_SECRET: secret };
const soon = () => Math.floor(Date.now() / 1000) + 300;

/** A token as anybody can write it who knows a secret. */
function signed(claims: object, { header = { alg: 'HS256', typ: 'JWT' } as object, key = secret } = {}): string {
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${parts}.${createHmac('sha256', key).update(parts).digest('base64url')}`;
}

const good = () => signed({ sub: 'ada', exp: soon(), channels: { a: 'r' } });

it('401 for every token that has a fault', async () => {
  const { url } = await startProcess(settings);
  const exp = soon();
  const faulty = [
    signed({ sub: 'ada', exp }, { key: `${secret}!` }),
    signed({ sub: 'ada', exp }, { header: { alg: 'none' } }),
    signed({ sub: 'ada', exp }, { header: { alg: 'RS256' } }),
    signed({ sub: 'ada', exp }, { header: { alg: 'HS512' } }),
    signed({ sub: 'ada', exp }, { header: { alg: 'HS256', crit: ['x'], x: 1 } }),
    signed({ sub: 'ada', exp }, { header: [] }),
    signed({ sub: 'ada', exp: exp - 400 }),
    signed({ sub: 'ada', exp, nbf: exp }),
    signed({ sub: 'ada' }),
    signed({ exp }),
    signed([]),
    signed({ sub: 'ada', exp, channels: 'all' }),
    good().replace(/[^.]+$/, ''),
    `${good()}A`,
    'AAAA.BBBB.CCCC',
    'a.b',
    signed({ sub: 'ada', exp, more: 'x'.repeat(8192) }),
  ];
  const statuses = [];
  for (const token of faulty) statuses.push(await upgradeStatus(`${url}/ws`, { authorization: `Bearer ${token}` }));
  expect(statuses).toEqual(faulty.map(() => 401));
  expect(await upgradeStatus(`${url}/ws`, { authorization: `Bearer ${good()}` })).toBe(101);
});

it('a ticket of one process is good in another, and for once in each', async () => {
  const [here, there] = [await startProcess(settings), await startProcess(settings)];
  const headers = { authorization: `Bearer ${good()}` };
  const issued = await fetch(`${here.url}/tickets`, { method: 'POST', headers });
  const { ticket } = (await issued.json()) as { ticket: string };
  const statuses = [];
  for (const { url } of [here, there, there]) statuses.push(await upgradeStatus(`${url}/ws?ticket=${ticket}`, {}));
  expect(statuses).toEqual([101, 101, 401]);
});

it('many clients are told to go within the time to drain, and the process ends with 0', async () => {
  const { url, child, ended } = await startProcess({ ...settings, AUTH: 'none', DRAIN_SECONDS: '4' });
  const clients = Array.from({ length: 200 }, () => new WebSocket(`${url}/ws`, 'realtime.v1'));
  const codes = clients.map(async (client) => (await once(client, 'close'))[0] as number);
  await Promise.all(clients.map((client) => once(client, 'open')));
  child.kill('SIGTERM');
  expect(new Set(await Promise.all(codes))).toEqual(new Set([1012]));
  expect(await ended).toBe(0);
});

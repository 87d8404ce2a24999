import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startService } from '../service.ts';
import { tryUpgrade, upgradeStatus } from '../upgrade.ts';

/** A client that a trusted proxy says to be there. */
async function clientAt(url: string, address: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url}/ws`, { headers: { 'x-forwarded-for': address } });
  await once(socket, 'open');
  return socket;
}

const oneEach = { proxies: 1, settings: { MAX_CONNECTIONS_PER_ADDRESS: 1 } };

it('429 for an address that has as many connections as it may, until one of them ends', async () => {
  const { url } = await startService(oneEach);
  const socket = await clientAt(url, '203.0.113.1');
  const again = { 'x-forwarded-for': '203.0.113.1' };
  expect(await tryUpgrade(`${url}/ws`, again)).toMatchObject({ status: 429, headers: { 'retry-after': '5' } });
  socket.terminate();
  await expect.poll(() => upgradeStatus(`${url}/ws`, again)).toBe(101);
});

it.each([
  [429, '2001:db8:1:2::1', '2001:db8:1:2:ffff::2'],
  [101, '2001:db8:1:2::1', '2001:db8:1:3::1'],
  [429, '203.0.113.1', '::ffff:203.0.113.1'],
  [101, '203.0.113.1', '203.0.113.2'],
  [101, '127.0.0.1', '127.0.0.1'],
  [101, '::1', '::1'],
])('%i after %s for %s', async (status, first, second) => {
  const { url } = await startService(oneEach);
  await clientAt(url, first);
  expect(await upgradeStatus(`${url}/ws`, { 'x-forwarded-for': second })).toBe(status);
});

it('events count as well', async () => {
  const { url } = await startService(oneEach);
  await clientAt(url, '203.0.113.1');
  const response = await fetch(`${url}/events?channel=a`, { headers: { 'x-forwarded-for': '203.0.113.1' } });
  expect(response.status).toBe(429);
});

it('what a client makes up itself is not believed', async () => {
  const { url } = await startService({ ...oneEach, proxies: 0 });
  await clientAt(url, '203.0.113.1');
  expect(await upgradeStatus(`${url}/ws`, { 'x-forwarded-for': '203.0.113.1' })).toBe(101);
});

it('503 for who comes when more than five seconds’ worth came at once, until time has passed', async () => {
  const { url, clock, refused } = await startService({ settings: { CONNECTIONS_PER_SECOND: 2 } });
  const statuses = await Promise.all(Array.from({ length: 15 }, () => upgradeStatus(`${url}/ws`, {})));
  expect(statuses.filter((status) => status === 503)).toHaveLength(5);
  expect(await refused('rate')).toBe(5);
  clock.pass(500);
  expect(await upgradeStatus(`${url}/ws`, {})).toBe(101);
  expect(await tryUpgrade(`${url}/ws`)).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
});

it('414 and 431 for more than 16 KiB of URL or headers', async () => {
  const { url } = await startService();
  expect(await upgradeStatus(`${url}/ws?ticket=${'x'.repeat(20_000)}`, {})).toBe(414);
  expect(await upgradeStatus(`${url}/ws`, { 'x-long': 'x'.repeat(20_000) })).toBe(431);
});

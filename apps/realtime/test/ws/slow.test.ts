import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startService } from '../service.ts';

const mebibyte = Buffer.alloc(1024 ** 2, 'x');

it('4108 for a client that does not read, and the others get everything', async () => {
  const { url, open, broker, metric, clock, log } = await startService();
  const slow = new WebSocket(`${url}/ws?channel=a`);
  await once(slow, 'open');
  slow.pause();
  const quick = await open('a');
  for (let sent = 0; sent < 40; sent++) {
    broker.pass('a', mebibyte);
    await quick.next();
  }
  expect(await metric('realtime_slow_clients')).toBe(1);
  clock.pass(16_000);
  slow.resume();
  expect(await once(slow, 'close')).toEqual([4108, Buffer.from('slow')]);
  expect(log.join()).toContain('client too slow');
});

it('a burst within the budget is delivered whole', async () => {
  const { open, broker } = await startService();
  const client = await open('a');
  for (let at = 0; at < 1000; at++) broker.pass('a', `${at} ${'x'.repeat(1000)}`);
  const received = [];
  while (received.length < 1000) received.push(await client.next());
  expect(received.map((payload) => Number.parseInt(String(payload), 10))).toEqual([...received.keys()]);
});

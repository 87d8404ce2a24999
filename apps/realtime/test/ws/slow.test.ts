import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startService } from '../service.ts';

const mebibyte = Buffer.alloc(1024 ** 2, 'x');

it('1013 for a client that does not read, and the others get everything', async () => {
  const { url, open, broker, metric, log } = await startService();
  const slow = new WebSocket(`${url}/ws?channel=a`);
  await once(slow, 'open');
  slow.pause();
  const quick = await open('a');
  let sent = 0;
  for (; (await metric('realtime_slow_closes_total')) === 0 && sent < 100; sent++) {
    broker.publish('a', mebibyte);
    await quick.next();
  }
  expect(sent).toBeLessThan(50);
  slow.resume();
  expect(await once(slow, 'close')).toEqual([1013, Buffer.from('slow')]);
  expect(log.join()).toContain('client too slow');
});

it('a burst within the budget is delivered whole', async () => {
  const { open, broker } = await startService();
  const client = await open('a');
  for (let at = 0; at < 1000; at++) broker.publish('a', `${at} ${'x'.repeat(1000)}`);
  const received = [];
  while (received.length < 1000) received.push(await client.next());
  expect(received.map((payload) => Number.parseInt(String(payload), 10))).toEqual([...received.keys()]);
});

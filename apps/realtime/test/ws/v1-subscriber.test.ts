import { setTimeout } from 'node:timers/promises';
import { RealtimeSubscriber } from '@seaworthy/clients/realtime-subscriber';
import { expect, it, onTestFinished } from 'vitest';
import { startService } from '../service.ts';

const settings = { DURABLE_CHANNELS: ['orders'] };
const orders = { name: 'orders', durable: true };

/** A subscriber that comes to `service.url`, whatever it is at the time and hardly waits before it does. */
function subscriber(service: { url: string }, ...channels: string[]) {
  const [heard, pauses]: [string[], number[]] = [[], []];
  const client = new RealtimeSubscriber({
    url: () => `${service.url}/ws`,
    onMessage: (channel, payload) => void heard.push(`${channel}: ${payload}`),
    onGap: ({ channel, reason }) => void heard.push(`${channel} gap ${reason}`),
    onSubscribed: (channel) => void heard.push(`${channel} subscribed`),
    onRefused: ({ code }) => void heard.push(code),
    async wait(milliseconds) {
      pauses.push(milliseconds);
      await setTimeout(1);
    },
  });
  for (const channel of channels) client.subscribe(channel);
  onTestFinished(async () => void (await client.close()));
  return { client, heard, pauses };
}

it('goes on with a durable channel at another replica, and is told what nobody kept', async () => {
  const first = await startService({ settings });
  const place = { url: first.url };
  const { heard, pauses } = subscriber(place, 'orders', 'passing');
  await expect.poll(() => heard).toHaveLength(2);
  await first.broker.publish(orders, Buffer.from('o1'));
  await expect.poll(() => heard).toContain('orders: o1');
  await first.close();
  await first.broker.publish(orders, Buffer.from('o2'));
  place.url = (await startService({ settings, broker: first.broker })).url;
  await expect.poll(() => heard).toContain('orders: o2');
  await expect.poll(() => heard).toContain('passing gap reset');
  expect(heard.filter((line) => line.startsWith('orders'))).toEqual([
    'orders subscribed',
    'orders: o1',
    'orders subscribed',
    'orders: o2',
  ]);
  expect(pauses[0]).toBeGreaterThanOrEqual(250);
});

it('ends where the service says not to come again', async () => {
  const service = await startService();
  const { client } = subscriber(service);
  for (let frame = 0; frame < 400; frame++) client.subscribe('');
  await expect.poll(() => service.metric('realtime_connections')).toBe(1);
  for (let frame = 0; frame < 400; frame++) client.subscribe('');
  expect((await client.ended).code).toBe(1008);
});

it('tells what the service refuses, and stays', async () => {
  const service = await startService();
  const { client, heard } = subscriber(service, 'realtime:{x', 'a');
  await expect.poll(() => heard).toEqual(['bad-channel', 'a subscribed']);
  service.broker.pass('a', 'heard');
  await expect.poll(() => heard).toContain('a: heard');
  await client.close();
});

it('ends when it is closed', async () => {
  const service = await startService();
  const { client } = subscriber(service, 'a');
  await expect.poll(() => service.metric('realtime_connections')).toBe(1);
  expect((await client.close()).code).toBe(1000);
});

import { expect, it } from 'vitest';
import { startService } from '../service.ts';

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

it.each([
  ['text', 'hello'],
  ['an empty payload', ''],
  ['text beyond ASCII', 'ü – 😀 \u0000'],
  ['text that looks like a command', '{"type":"join","channel":"b"}'],
  ['a mebibyte of text', 'x'.repeat(1024 ** 2)],
])('both clients of a channel get %s as a text frame', async (_what, payload) => {
  const { open, broker } = await startService();
  const clients = [await open('a'), await open('a')];
  broker.pass('a', payload);
  expect(await Promise.all(clients.map((client) => client.next()))).toEqual([payload, payload]);
});

it.each([
  ['every byte', everyByte],
  ['invalid UTF-8', Uint8Array.of(0xc3, 0x28)],
  ['half a character', Uint8Array.of(0xf0, 0x9f, 0x98)],
  ['a mebibyte of bytes', new Uint8Array(1024 ** 2).fill(0xff)],
])('both clients of a channel get %s as a binary frame, byte for byte', async (_what, payload) => {
  const { open, broker } = await startService();
  const clients = [await open('a'), await open('a')];
  broker.pass('a', Buffer.from(payload));
  expect(await Promise.all(clients.map((client) => client.next()))).toEqual([payload, payload]);
});

it('a client hears its own channels and no others', async () => {
  const { open, broker } = await startService();
  const client = await open('a', 'b');
  await open('c');
  for (const channel of ['c', 'a', 'A', 'b']) broker.pass(channel, channel);
  expect([await client.next(), await client.next()]).toEqual(['a', 'b']);
});

it('counts clients, channels, messages and deliveries', async () => {
  const { open, broker, metric } = await startService();
  const client = await open('a');
  await open('a', 'b');
  broker.pass('a', '1');
  await client.next();
  const names = ['connections', 'channels', 'messages_received_total', 'deliveries_total', 'slow_closes_total'];
  expect(await Promise.all(names.map((name) => metric(`realtime_${name}`)))).toEqual([2, 2, 1, 2, 0]);
});

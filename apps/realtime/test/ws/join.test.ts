import { expect, it } from 'vitest';
import { holdBack, refusalOf, startService } from '../service.ts';

it('a channel of the query is heard as soon as the socket is open', async () => {
  const { open, broker } = await startService();
  const client = await open('with space', 'ü&=?');
  broker.pass('with space', '1');
  broker.pass('ü&=?', '2');
  expect([await client.next(), await client.next()]).toEqual(['1', '2']);
});

it('a channel of a frame is heard as soon as it is confirmed', async () => {
  const { open, broker } = await startService();
  const client = await open();
  expect(broker.pass('a', 'early')).toBe(false);
  await client.join('a');
  broker.pass('a', 'heard');
  expect(await client.next()).toBe('heard');
});

it('is confirmed only after the broker has confirmed it', async () => {
  const { open, broker } = await startService();
  const client = await open();
  const { confirm } = holdBack(broker);
  const order: string[] = [];
  const joined = client.join('a').then(() => order.push('joined'));
  await client.leave('b').then(() => order.push('answered later frames'));
  confirm();
  await joined;
  expect(order).toEqual(['answered later frames', 'joined']);
});

it('joining twice is confirmed twice and delivers once', async () => {
  const { open, broker } = await startService();
  const client = await open('a');
  await Promise.all([client.join('a'), client.join('a')]);
  broker.pass('a', '1');
  broker.pass('a', '2');
  expect([await client.next(), await client.next()]).toEqual(['1', '2']);
});

it('the 129th channel is refused, and the other 128 stay', async () => {
  const { open, broker } = await startService();
  const client = await open(...Array.from({ length: 128 }, (_, at) => `channel${at}`));
  await expect(client.join('one more')).rejects.toThrow('too-many-channels');
  await client.join('channel0');
  broker.pass('channel127', 'still here');
  expect(await client.next()).toBe('still here');
});

it('an error names what is wrong, and the connection stays', async () => {
  const { open } = await startService();
  const client = await open();
  expect(await refusalOf(client, '{"type":"join","channel":""}')).toBe('bad-channel');
  expect(await refusalOf(client, '{"type":"shout"}')).toBe('unknown-type');
  await client.join('a');
});

it('a join that was overtaken by a leave has no answer but left', async () => {
  const { open, broker } = await startService();
  const client = await open('b');
  const { confirm } = holdBack(broker);
  const overtaken = expect(client.join('a')).rejects.toThrow('left before');
  await client.leave('a');
  confirm();
  await overtaken;
  broker.pass('a', 'for nobody');
  broker.pass('b', 'for the client');
  expect(await client.next()).toBe('for the client');
});

it.each([
  ['empty', ''],
  ['with a control character', 'a\nb'],
  ['half a surrogate pair', '\ud800'],
  ['a byte too long', `${'x'.repeat(255)}y`],
  ['far too long', 'ü'.repeat(30_000)],
])('a bad name rejects its own join and no other: %s', async (_what, bad) => {
  const { open, broker } = await startService();
  const client = await open();
  const { confirm } = holdBack(broker);
  const good = client.join('x'.repeat(255));
  await expect(client.join(bad)).rejects.toThrow('bad-channel');
  confirm();
  await expect(good).resolves.toBeUndefined();
});

it('an error that names no channel rejects no join', async () => {
  const { open, broker } = await startService();
  const client = await open();
  const { confirm } = holdBack(broker);
  const joined = client.join('a');
  expect(await refusalOf(client, 'nonsense')).toBe('malformed');
  confirm();
  await expect(joined).resolves.toBeUndefined();
});

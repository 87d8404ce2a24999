import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startService } from '../service.ts';
import { openV1 } from './v1-client.ts';

it('welcome comes first, and says how often it pings and how large a frame may be', async () => {
  const { url } = await startService();
  const { socket, told } = await openV1(url);
  expect(socket.protocol).toBe('realtime.v1');
  expect(told).toEqual([{ type: 'welcome', session: expect.any(String), pingMs: 25_000, maxBytes: 65_536 }]);
});

it('answers carry the id of their request, or none', async () => {
  const { url } = await startService();
  const requests = [{ type: 'ping', id: 1 }, { type: 'ping' }, { type: 'unsubscribe', id: 'u', channel: 'a' }];
  const { answers } = await openV1(url, ...requests);
  expect(answers()).toEqual([
    { type: 'pong', id: 1 },
    { type: 'pong' },
    { type: 'unsubscribed', id: 'u', channel: 'a' },
  ]);
});

it('messages carry their channel and number, as text or base64', async () => {
  const { url, broker } = await startService();
  const { until, answers } = await openV1(url, { type: 'subscribe', id: 1, channel: 'a b/ü' });
  broker.pass('a b/ü', 'say "ü"\n');
  broker.pass('a b/ü', Buffer.of(0xff, 0));
  await until(4);
  const channel = 'a b/ü';
  expect(answers()).toEqual([
    { type: 'subscribed', id: 1, channel, epoch: expect.any(String), offset: 0 },
    { type: 'message', channel, offset: 1, data: 'say "ü"\n' },
    { type: 'message', channel, offset: 2, base64: '/wA=' },
  ]);
});

it('with since, what was missed follows', async () => {
  const { url, broker } = await startService();
  const first = await openV1(url, { type: 'subscribe', channel: 'a' });
  for (const payload of ['1', '2', '3']) broker.pass('a', payload);
  await first.until(5);
  const { epoch } = first.told[1] as { epoch: string };
  const { until, answers } = await openV1(url, { type: 'subscribe', channel: 'a', since: { epoch, offset: 1 } });
  await until(4);
  expect(answers()).toEqual([
    { type: 'subscribed', channel: 'a', epoch, offset: 3, recovered: true },
    { type: 'message', channel: 'a', offset: 2, data: '2' },
    { type: 'message', channel: 'a', offset: 3, data: '3' },
  ]);
});

it('with a since of other numbers, a gap says that nobody knows', async () => {
  const { url } = await startService();
  const since = { epoch: 'elsewhere', offset: 7 };
  const { until, answers } = await openV1(url, { type: 'subscribe', channel: 'a', since });
  await until(3);
  expect(answers()).toMatchObject([
    { type: 'subscribed', recovered: false },
    { type: 'gap', reason: 'reset' },
  ]);
});

it.each([
  ['malformed', '[]', {}],
  ['malformed', '{"type":"ping","id":1,"more":true}', { id: 1 }],
  ['malformed', '{"type":"subscribe","channel":"a","since":{"epoch":"e"}}', {}],
  ['unknown-type', '{"type":"join","channel":"a","id":"x"}', { id: 'x' }],
  ['bad-channel', '{"type":"subscribe","channel":"","id":2}', { id: 2, channel: '' }],
  ['bad-channel', '{"type":"subscribe","channel":{"toString":1}}', {}],
])('error %s for %s, and the connection stays', async (code, frame, about) => {
  const { url } = await startService();
  const { socket, until, answers } = await openV1(url);
  socket.send(frame);
  socket.send('{"type":"ping"}');
  await until(3);
  expect(answers()).toEqual([{ type: 'error', code, message: expect.any(String), ...about }, { type: 'pong' }]);
});

it('says when to come back before it closes with 1012', async () => {
  const service = await startService();
  const { socket, told } = await openV1(service.url);
  const closed = once(socket, 'close');
  await service.close();
  expect((await closed)[0]).toBe(1012);
  expect(told.at(-1)).toEqual({ type: 'closing', reconnectMs: expect.any(Number) });
});

it('without a subprotocol it is the plain one', async () => {
  const { url } = await startService();
  const socket = new WebSocket(`${url}/ws`);
  socket.on('open', () => socket.send('{"type":"join","channel":"a"}'));
  const [frame] = await once(socket, 'message');
  expect([socket.protocol, String(frame)]).toEqual(['', '{"type":"joined","channel":"a"}']);
});

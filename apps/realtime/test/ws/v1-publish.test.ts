import { expect, it } from 'vitest';
import { startService } from '../service.ts';
import { readTokens, tokenOf } from '../tokens.ts';
import { openV1 } from './v1-client.ts';

const publish = (channel: string, content: object) => ({ type: 'publish', id: 1, channel, ...content });

it.each<[string, object, string | Uint8Array]>([
  ['a text', { data: 'ü "😀"\n' }, 'ü "😀"\n'],
  ['nothing', { data: '' }, ''],
  ['bytes', { base64: '/wA=' }, Uint8Array.of(255, 0)],
])('%s is handed to who has joined the channel, and answered', async (_what, content, payload) => {
  const { url, open } = await startService();
  const reader = await open('a b/ü');
  const { answers } = await openV1(url, publish('a b/ü', content));
  expect(answers()).toEqual([{ type: 'published', id: 1, channel: 'a b/ü' }]);
  expect(await reader.next()).toEqual(payload);
});

it('on a durable channel the answer names the place, the same for a repetition under a key', async () => {
  const { url } = await startService({ settings: { DURABLE_CHANNELS: ['orders'] } });
  const request = publish('orders', { data: 'x', key: 'k1' });
  const { answers } = await openV1(url, request, request, publish('orders', { data: 'y' }));
  const offsets = answers().map(({ type, offset }) => [type, offset]);
  expect(offsets).toEqual([
    ['published', 1],
    ['published', 1],
    ['published', 2],
  ]);
});

it('a key is of its caller alone', async () => {
  const { url } = await startService({ authenticate: readTokens, settings: { DURABLE_CHANNELS: ['orders'] } });
  const request = publish('orders', { data: 'x', key: 'k1' });
  const as = (sub: string) => ({ type: 'auth', token: tokenOf({ sub, channels: { orders: 'w' } }) });
  const clients = [await openV1(url, as('ada')), await openV1(url, as('eve'))];
  for (const { socket, until } of clients) {
    socket.send(JSON.stringify(request));
    await until(3);
  }
  expect(clients.map(({ told }) => told.at(-1)?.['offset'])).toEqual([1, 2]);
});

it.each([{}, { data: 'x', base64: 'eA==' }, { data: '\ud800' }, { base64: 'x' }, { base64: '_-==' }, { data: 7 }])(
  'malformed: %j',
  async (content) => {
    const { answers } = await openV1((await startService()).url, publish('a', content));
    expect(answers()).toMatchObject([{ type: 'error', id: 1, code: 'malformed' }]);
  },
);

it('forbidden where the token lets only read', async () => {
  const { url, broker } = await startService({ authenticate: readTokens });
  const published: string[] = [];
  broker.publish = async (channel) => void published.push(channel.name);
  const token = tokenOf({ channels: { a: 'r', b: 'w' } });
  const { socket, until, answers } = await openV1(url, { type: 'auth', token });
  socket.send(JSON.stringify(publish('a', { data: 'x' })));
  socket.send(JSON.stringify(publish('b', { data: 'x' })));
  await until(4);
  expect(answers().slice(1)).toMatchObject([
    { code: 'forbidden', channel: 'a' },
    { type: 'published', channel: 'b' },
  ]);
  expect(published).toEqual(['b']);
});

it('unavailable when Redis does not accept it, at once or within 5 seconds', async () => {
  const { url, broker, clock } = await startService();
  const { socket, until, answers } = await openV1(url);
  broker.publish = () => Promise.reject(new Error('OOM command not allowed'));
  socket.send(JSON.stringify(publish('a', { data: 'x' })));
  await until(2);
  const asked = Promise.withResolvers<void>();
  broker.publish = () => {
    asked.resolve();
    return new Promise(() => undefined);
  };
  socket.send(JSON.stringify(publish('a', { data: 'x' })));
  await asked.promise;
  clock.pass(5000);
  await until(3);
  expect(answers().map(({ code }) => code)).toEqual(['unavailable', 'unavailable']);
  expect(JSON.stringify(answers())).not.toContain('OOM');
});

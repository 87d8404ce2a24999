import { once } from 'node:events';
import { expect, it } from 'vitest';
import { startService } from '../service.ts';
import { readTokens, start, tokenOf } from '../tokens.ts';
import { openV1 } from './v1-client.ts';

const guarded = () => startService({ authenticate: readTokens });
const auth = (id: number, token: string) => ({ type: 'auth', id, token });
const error = (id: number, code: string) => ({ type: 'error', id, code, message: expect.any(String) });

it('auth is answered with how long the token is good', async () => {
  const { url, clock } = await guarded();
  clock.pass(500);
  const { answers } = await openV1(url, auth(1, tokenOf({ exp: start + 60 })));
  expect(answers()).toEqual([{ type: 'authenticated', id: 1, expiresInSeconds: 59 }]);
});

it('without an end where nobody is asked', async () => {
  const { answers } = await openV1((await startService()).url, auth(1, 'x'));
  expect(answers()).toEqual([{ type: 'authenticated', id: 1 }]);
});

it('before it, every other request is refused', async () => {
  const { url } = await guarded();
  const about = { id: 1, channel: 'a' };
  const requests = [
    { type: 'subscribe', ...about },
    { type: 'publish', ...about, data: '' },
  ];
  const { answers } = await openV1(url, ...requests, { type: 'ping', id: 2 });
  const refused = { ...error(1, 'unauthenticated'), channel: 'a' };
  expect(answers()).toEqual([refused, refused, error(2, 'unauthenticated')]);
});

it('a subscription that is not allowed is refused, and the connection stays', async () => {
  const { url } = await guarded();
  const { socket, until, answers } = await openV1(url, auth(1, tokenOf({ channels: { a: 'r', b: 'w' } })));
  for (const channel of ['a', 'b', 'c']) socket.send(JSON.stringify({ type: 'subscribe', id: channel, channel }));
  await until(5);
  expect(answers().slice(1)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ type: 'subscribed', channel: 'a' }),
      expect.objectContaining({ type: 'error', id: 'b', code: 'forbidden' }),
      expect.objectContaining({ type: 'error', id: 'c', code: 'forbidden' }),
    ]),
  );
});

it('a later token that is refused is answered so, and one that allows less ends subscriptions', async () => {
  const { url } = await guarded();
  const { socket, until, answers } = await openV1(url, auth(1, tokenOf({ roles: ['Channels.Read'] })));
  socket.send('{"type":"subscribe","channel":"a"}');
  await until(3);
  socket.send(JSON.stringify(auth(2, 'bad')));
  await until(4);
  socket.send(JSON.stringify(auth(3, tokenOf({ channels: { b: 'r' } }))));
  await until(6);
  expect(answers().slice(2)).toEqual([
    error(2, 'unauthenticated'),
    { type: 'unsubscribed', channel: 'a' },
    { type: 'authenticated', id: 3, expiresInSeconds: 3600 },
  ]);
});

it('4001 for a wrong first token', async () => {
  const { socket } = await openV1((await guarded()).url);
  socket.send(JSON.stringify(auth(1, 'bad')));
  expect((await once(socket, 'close'))[0]).toBe(4001);
});

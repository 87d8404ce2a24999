import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Service, startService } from '../service.ts';
import { readTokens, start, tokenOf } from '../tokens.ts';

const guarded = () => startService({ authenticate: readTokens });

/** A client of the plain protocol that has shown nothing yet, or this with its handshake. */
async function connect({ url }: Service, authorization?: string) {
  const socket = new WebSocket(`${url}/ws`, { headers: authorization ? { authorization } : {} });
  const told: unknown[] = [];
  socket.on('message', (frame) => told.push(JSON.parse(String(frame))));
  const closed = once(socket, 'close').then(([code]) => code as number);
  await once(socket, 'open');
  const say = async (frame: object) => {
    const already = told.length;
    socket.send(JSON.stringify(frame));
    await expect.poll(() => told.length).toBeGreaterThan(already);
    return told.at(-1);
  };
  return { socket, told, closed, say };
}

const auth = (token: string) => ({ type: 'auth', token });
const join = (channel: string) => ({ type: 'join', channel });

it('a first frame says who it is, and what the token allows can be joined', async () => {
  const service = await guarded();
  const { say, told } = await connect(service);
  expect(await say(auth(tokenOf({ channels: { 'device*': 'r' } })))).toEqual({ type: 'authenticated' });
  expect(await say(join('device01'))).toEqual({ type: 'joined', channel: 'device01' });
  expect(await say(join('orders'))).toMatchObject({ type: 'error', code: 'forbidden', channel: 'orders' });
  service.broker.pass('orders', '"not for you"');
  service.broker.pass('device01', '"for you"');
  await expect.poll(() => told.at(-1)).toBe('for you');
  expect(told).not.toContain('not for you');
});

it('the token of the handshake does as well', async () => {
  const { say } = await connect(await guarded(), `Bearer ${tokenOf({ roles: ['Channels.Read'] })}`);
  expect(await say(join('anything'))).toEqual({ type: 'joined', channel: 'anything' });
});

it('before that, nothing but auth is obeyed', async () => {
  const service = await guarded();
  const { say } = await connect(service);
  expect(await say(join('a'))).toMatchObject({ type: 'error', code: 'unauthenticated', channel: 'a' });
  expect(await say({ type: 'leave', channel: 'a' })).toMatchObject({ type: 'error', code: 'unauthenticated' });
  expect(await service.metric('realtime_channels')).toBe(0);
});

it.each([
  [4001, 'bad', 'unauthenticated'],
  [4103, 'outage', 'unavailable'],
])('%i for who shows a token first that is %s', async (code, token) => {
  const service = await guarded();
  const { socket, closed } = await connect(service);
  socket.send(JSON.stringify(auth(token)));
  expect(await closed).toBe(code);
  await service.emptied();
});

it('4001 for who shows none within 5 seconds, however much it says', async () => {
  const service = await guarded();
  const { say, closed } = await connect(service);
  service.clock.pass(3000);
  await say(join('a'));
  service.clock.pass(3000);
  expect(await closed).toBe(4001);
});

it('4001 when a token has expired for 25 seconds, and not before', async () => {
  const service = await guarded();
  const { say, closed } = await connect(service);
  await say(auth(tokenOf({ exp: start + 10, channels: { a: 'r' } })));
  service.clock.pass(24_000);
  expect(await say(join('a'))).toMatchObject({ type: 'joined' });
  service.clock.pass(12_000);
  expect(await closed).toBe(4001);
});

it('another token prolongs it', async () => {
  const service = await guarded();
  const { say } = await connect(service);
  await say(auth(tokenOf({ exp: start + 10 })));
  expect(await say(auth(tokenOf({ exp: start + 600 })))).toEqual({ type: 'authenticated' });
  service.clock.pass(24_000);
  service.clock.pass(20_000);
  expect(await say(join('a'))).toMatchObject({ code: 'forbidden' });
});

it('a token that is refused later takes nothing away', async () => {
  const { say } = await connect(await guarded());
  await say(auth(tokenOf({ channels: { a: 'r' } })));
  expect(await say(auth('bad'))).toMatchObject({ type: 'error', code: 'unauthenticated' });
  expect(await say(auth('outage'))).toMatchObject({ type: 'error', code: 'unavailable' });
  expect(await say(join('a'))).toEqual({ type: 'joined', channel: 'a' });
});

it('a token that allows less takes out of the channels that it does not allow, and says so', async () => {
  const service = await guarded();
  const { say, told } = await connect(service);
  await say(auth(tokenOf({ channels: { a: 'r', b: 'r' } })));
  await say(join('a'));
  await say(join('b'));
  await say(auth(tokenOf({ channels: { b: 'r' } })));
  await expect.poll(() => told.slice(-2)).toEqual([{ type: 'left', channel: 'a' }, { type: 'authenticated' }]);
  service.broker.pass('a', '"not any more"');
  service.broker.pass('b', '"still"');
  await expect.poll(() => told.at(-1)).toBe('still');
  expect(told).not.toContain('not any more');
});

it('1008 for who keeps guessing', async () => {
  const { socket, say, closed } = await connect(await guarded());
  await say(auth(tokenOf()));
  for (let guess = 0; guess < 50; guess++) socket.send(JSON.stringify(auth('bad')));
  expect(await closed).toBe(1008);
});

it.each([{ type: 'auth' }, { type: 'auth', token: 7 }, { type: 'auth', token: '' }, { ...auth('x'), channel: 'a' }])(
  'malformed: %j',
  async (frame) => {
    const { say } = await connect(await guarded());
    expect(await say(frame)).toMatchObject({ type: 'error', code: 'malformed' });
  },
);

it('where nobody is asked, a token is fine, too', async () => {
  const { say } = await connect(await startService());
  expect(await say(auth('anything'))).toEqual({ type: 'authenticated' });
});

it('no token and no ticket is in the log', async () => {
  const service = await guarded();
  const { say, closed, socket } = await connect(service);
  const token = tokenOf({ channels: { a: 'r' } });
  await say(auth(token));
  await say(auth('bad'));
  socket.close();
  await closed;
  expect(service.log.join()).not.toContain(token.slice(0, 20));
});

import { expect, it } from 'vitest';
import { testPeer, world } from './world.ts';

async function conversation() {
  const here = world();
  return { ...here, ...(await here.client('a', 'b')) };
}

it('hears nothing before it is open and after it has ended', async () => {
  const { broker, session } = world();
  const [member, peer] = [session(), testPeer()];
  await member.prepare(['a']);
  broker.pass('a', 'early');
  member.open(peer);
  broker.pass('a', 'hi');
  member.end();
  broker.pass('a', 'late');
  expect(peer.events).toEqual(['2:hi']);
});

it('leaves all its channels when it ends', async () => {
  const { session, hub, clock } = await conversation();
  session.end();
  clock.pass(12_000);
  expect(hub.channels).toBe(0);
});

it('hangs up on a client that was silent for a whole interval', async () => {
  const { session, events } = await conversation();
  session.beat();
  session.hear();
  session.beat();
  session.beat();
  expect(events).toEqual(['ping', 'ping', 'terminate']);
});

it('leaves a handshake alone, however long it takes', () => {
  const [session, peer] = [world().session(), testPeer()];
  session.beat();
  session.beat();
  session.open(peer);
  session.beat();
  expect(peer.events).toEqual(['ping']);
});

it('closes a client with 1008 that keeps sending wrong frames', async () => {
  const { session, events } = await conversation();
  let wrong = 0;
  while (session.afford('frame') && session.afford('fault')) wrong++;
  expect(wrong).toBe(27);
  expect(events.at(-1)).toMatch(/^close 1008/);
});

it('bears a wrong frame now and then', async () => {
  const { clock, session, events } = await conversation();
  for (let frame = 0; frame < 100; frame++) {
    expect(session.afford('frame') && session.afford('fault')).toBe(true);
    clock.pass(1000);
  }
  expect(events.join()).not.toContain('close');
});

it('tells of a join only once, where the client left and joined again before the first was confirmed', async () => {
  const { session, broker } = await conversation();
  const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const [first, second] = answers;
  broker.subscribe = () => (answers.shift() as PromiseWithResolvers<void>).promise;
  const told: string[] = [];
  const joins = [session.join('c', { onJoined: () => told.push('first') })];
  session.leave('c');
  joins.push(session.join('c', { onJoined: () => told.push('second') }));
  first?.resolve();
  second?.resolve();
  await Promise.all(joins);
  expect(told).toEqual(['second']);
});

it('is out of a channel that is refused when it joins again', async () => {
  const { session, broker, events } = await conversation();
  broker.subscribe = () => Promise.reject(new Error('NOPERM'));
  await expect(session.join('a', {})).rejects.toThrow('NOPERM');
  broker.pass('a', 'not for you');
  broker.pass('b', 'for you');
  expect([events, session.channels]).toEqual([['1:for you'], 1]);
});

it('says nothing of a refusal that comes after the leave', async () => {
  const { session, broker } = await conversation();
  broker.subscribe = () => Promise.reject(new Error('NOPERM'));
  const joined = session.join('c', {});
  session.leave('c');
  await expect(joined).resolves.toBeUndefined();
});

import { expect, it } from 'vitest';
import { world } from './world.ts';

const much = 300 * 1024;

it('a client that does not read gets nothing more until it has read, then the rest in order', async () => {
  const { broker, client, hub } = world();
  const { peer, session, events } = await client('x');
  peer.backlog = much;
  for (const text of ['1', '2']) broker.pass('x', text);
  expect([events, hub.slow]).toEqual([[], 1]);
  peer.backlog = 0;
  session.catchUp();
  broker.pass('x', '3');
  expect([events, hub.slow]).toEqual([['1:1', '2:2', '3:3'], 0]);
});

it('it is told from where to where it missed what is no longer kept', async () => {
  const { broker, client, counted } = world({ ring: { entries: 3 } });
  const { peer, session, events } = await client('x');
  broker.pass('x', '1');
  peer.backlog = much;
  for (let at = 2; at <= 10; at++) broker.pass('x', `${at}`);
  peer.backlog = 0;
  session.catchUp();
  expect(events).toEqual(['1:1', 'gap 2..7 slow', '8:8', '9:9', '10:10']);
  expect(counted.gaps).toEqual(['slow']);
});

it('it gets no more at a time than it may have waiting', async () => {
  const { broker, client } = world({ limits: { messageBytes: 100_000 }, ring: { bytes: 10_000_000 } });
  const { peer, session, events } = await client('x');
  peer.backlog = much;
  for (let at = 0; at < 5; at++) broker.pass('x', 'x'.repeat(60_000));
  peer.backlog = 0;
  peer.write = (bytes) => {
    peer.backlog += bytes.length;
  };
  session.catchUp();
  expect(peer.backlog).toBeLessThan(200_000);
  expect(events).toEqual([]);
});

it('4108 for a client that has read nothing for 15 seconds', async () => {
  const { broker, client, clock, counted } = world();
  const { peer, events } = await client('x');
  peer.backlog = much;
  broker.pass('x', '1');
  clock.pass(14_000);
  expect(events).toEqual([]);
  clock.pass(2000);
  expect([events, counted.slow]).toEqual([['close 4108 slow'], 1]);
});

it('no goodbye for a client that reads slowly', async () => {
  const { broker, client, clock } = world();
  const { peer, events } = await client('x');
  peer.backlog = much;
  broker.pass('x', '1');
  for (let second = 0; second < 60; second++) {
    peer.backlog -= 1;
    clock.pass(1000);
  }
  expect(events).toEqual([]);
});

it('the others are served as ever', async () => {
  const { broker, client } = world();
  const [slow, quick] = [await client('x'), await client('x')];
  slow.peer.backlog = much;
  for (const text of ['1', '2']) broker.pass('x', text);
  expect([slow.events, quick.events]).toEqual([[], ['1:1', '2:2']]);
});

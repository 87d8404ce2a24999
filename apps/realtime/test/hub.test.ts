import { expect, it } from 'vitest';
import { world } from './world.ts';

it('delivers a payload to all members of its channel and to nobody else', async () => {
  const { broker, client } = world();
  const [a, b, other] = [await client('x'), await client('x'), await client('y')];
  broker.pass('x', 'hi');
  expect([a, b, other].map(({ events }) => events)).toEqual([['1:hi'], ['1:hi'], []]);
});

it('stays subscribed for 10 seconds after the last member has left', async () => {
  const { broker, hub, clock, client } = world();
  const [a, b] = [await client('x'), await client('x')];
  a.session.leave('x');
  clock.pass(20_000);
  b.session.leave('x');
  clock.pass(9000);
  expect([hub.channels, broker.pass('x', 'still heard')]).toEqual([1, true]);
  clock.pass(2000);
  expect([hub.channels, broker.pass('x', 'not any more')]).toEqual([0, false]);
});

it('stays subscribed while somebody is about to come in', async () => {
  const { hub, clock, broker } = world();
  const answer = Promise.withResolvers<void>();
  broker.subscribe = () => answer.promise;
  const interest = hub.want('x');
  clock.pass(60_000);
  expect(hub.channels).toBe(1);
  interest.end();
  clock.pass(12_000);
  expect(hub.channels).toBe(0);
});

it('serves the others when a member leaves while it is served', async () => {
  const { broker, client } = world();
  const [leaver, last] = [await client('x'), await client('x')];
  leaver.peer.write = () => leaver.session.end();
  broker.pass('x', '1');
  expect(last.events).toEqual(['1:1']);
});

it('hands out together what arrived together, in one write', async () => {
  const { together, client } = world();
  const { peer } = await client('x');
  const writes: string[] = [];
  peer.write = (bytes) => void writes.push(bytes.toString());
  together('x', '1', '2', '3');
  expect(writes).toEqual(['1:1\n2:2\n3:3\n']);
});

it('holds messages back as long as the last round took, and no longer than the limit', async () => {
  const { broker, clock, client } = world();
  const { peer, events } = await client('x');
  const write = peer.write;
  peer.write = (bytes) => {
    clock.pass(30); // a slow machine
    write(bytes);
  };
  for (const text of ['1', '2', '3']) broker.pass('x', text);
  expect(events).toEqual(['1:1']);
  clock.pass(9);
  expect(events).toEqual(['1:1']);
  clock.pass(1);
  expect(events).toEqual(['1:1', '2:2', '3:3']);
});

it('tells of a payload that is larger than may be sent', async () => {
  const { broker, client } = world();
  const { events } = await client('x');
  for (const size of [1024, 1025]) broker.pass('x', Buffer.alloc(size, 'x'));
  broker.pass('x', 'next');
  expect(events.map((event) => event.slice(0, 20))).toEqual([`1:${'x'.repeat(18)}`, 'gap 2..2 large', '3:next']);
});

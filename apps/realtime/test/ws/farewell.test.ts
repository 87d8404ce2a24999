import { expect, it } from 'vitest';
import { sayGoodbye } from '../../src/ws/farewell.ts';
import { world } from '../world.ts';

async function crowd(size: number) {
  const { clock, client, hub } = world();
  const all = await Promise.all(Array.from({ length: size }, () => client()));
  const told = () => all.filter(({ events }) => events.some((event) => event.startsWith('close 1012'))).length;
  return { clock, flush: () => hub.flush(), told, sessions: all.map(({ session }) => session) };
}

it('a few are told at once', async () => {
  const { clock, flush, told, sessions } = await crowd(20);
  await sayGoodbye(sessions, { clock, flush, milliseconds: 20_000 });
  expect(told()).toBe(20);
});

it('many are told in slices, within half of the time', async () => {
  const { clock, flush, told, sessions } = await crowd(5000);
  const done = sayGoodbye(sessions, { clock, flush, milliseconds: 5000 });
  const counts = [told()];
  for (let slice = 1; slice < 50; slice++) {
    clock.pass(50);
    await Promise.resolve();
    counts.push(told());
  }
  await done;
  expect(counts).toEqual(Array.from({ length: 50 }, (_, slice) => 100 * (slice + 1)));
});

it('not so many need less', async () => {
  const { clock, flush, told, sessions } = await crowd(40);
  const done = sayGoodbye(sessions, { clock, flush, milliseconds: 20_000 });
  expect(told()).toBe(20);
  clock.pass(40);
  await done;
  expect(told()).toBe(40);
});

it('what is held back to go out with more goes out before', async () => {
  const { clock, hub, client, together } = world();
  const { session, peer, events } = await client('a');
  const { write } = peer;
  peer.write = (bytes) => {
    clock.pass(5);
    write(bytes);
  };
  together('a', 'first');
  together('a', 'held back');
  expect(events).toEqual(['1:first']);
  await sayGoodbye([session], { clock, flush: () => hub.flush(), milliseconds: 1000 });
  expect(events).toEqual(['1:first', '2:held back', 'close 1012 service restart']);
});

import { expect, it } from 'vitest';
import { sayGoodbye } from '../../src/ws/farewell.ts';
import { world } from '../world.ts';

async function crowd(size: number) {
  const { clock, client } = world();
  const all = await Promise.all(Array.from({ length: size }, () => client()));
  const told = () => all.filter(({ events }) => events.some((event) => event.startsWith('close 1012'))).length;
  return { clock, told, sessions: all.map(({ session }) => session) };
}

it('a few are told at once', async () => {
  const { clock, told, sessions } = await crowd(20);
  await sayGoodbye(sessions, { clock, milliseconds: 20_000 });
  expect(told()).toBe(20);
});

it('many are told in slices, within half of the time', async () => {
  const { clock, told, sessions } = await crowd(5000);
  const done = sayGoodbye(sessions, { clock, milliseconds: 5000 });
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
  const { clock, told, sessions } = await crowd(40);
  const done = sayGoodbye(sessions, { clock, milliseconds: 20_000 });
  expect(told()).toBe(20);
  clock.pass(40);
  await done;
  expect(told()).toBe(40);
});

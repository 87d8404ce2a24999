import { expect, it } from 'vitest';
import { systemClock, within } from '../src/clock.ts';
import { manualClock } from './manual-clock.ts';

const late = () => new Error('late');

it('passes on what the work comes to, in time', async () => {
  const options = { clock: manualClock(), milliseconds: 10, late };
  await expect(within(options, Promise.resolve(7))).resolves.toBe(7);
  await expect(within(options, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

it('waits no longer than it is told', async () => {
  const clock = manualClock();
  const waiting = within({ clock, milliseconds: 10, late }, new Promise(() => undefined));
  clock.pass(10);
  await expect(waiting).rejects.toThrow('late');
});

it('the system clock runs what is due, and not what was cancelled', async () => {
  const runs: string[] = [];
  systemClock.after(0, () => runs.push('cancelled'))();
  systemClock.every(0, () => runs.push('cancelled'))();
  await new Promise<void>((resolve) => systemClock.after(1, resolve));
  const stop = await new Promise<() => void>((resolve) => {
    const cancel = systemClock.every(1, () => resolve(cancel));
  });
  stop();
  expect(runs).toEqual([]);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exitCodes, type Intake, Lifecycle } from '../src/lifecycle.ts';
import type { Part } from '../src/part.ts';
import { memoryLog } from './pizza.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function life(options: { delaySeconds?: number; drainSeconds?: number } = {}) {
  const events: string[] = [];
  const lifecycle = new Lifecycle({ log: memoryLog().log, delaySeconds: 5, drainSeconds: 20, ...options });
  const part = (name: string, over: Part = {}) =>
    lifecycle.part(name, { close: async () => void events.push(`close ${name}`), ...over });
  const intake = (over: Partial<Intake> = {}): Intake => ({
    windDown: () => void events.push('wind down'),
    drain: async () => void events.push('drain'),
    cutOff: () => void events.push('cut off'),
    ...over,
  });
  return { lifecycle, events, part, intake };
}

const never = () => new Promise<void>(() => undefined);
const fail = () => Promise.reject(new Error('broken'));

test('readiness fails first, then a pause to wind down, the drain, and the parts in reverse', async () => {
  const { lifecycle, events, part, intake } = life();
  part('dough');
  part('oven');
  lifecycle.start(intake());
  const stopped = lifecycle.stop('SIGTERM');
  expect(await lifecycle.readiness()).toEqual({ ready: false, checks: { service: 'draining' } });
  await vi.advanceTimersByTimeAsync(4999);
  expect(events).toEqual(['wind down']);
  await vi.advanceTimersByTimeAsync(1);
  expect(await stopped).toBe(exitCodes.clean);
  expect(events).toEqual(['wind down', 'drain', 'close oven', 'close dough']);
});

test('stopping twice is stopping once', async () => {
  const { lifecycle, events, part, intake } = life({ delaySeconds: 0 });
  part('oven');
  lifecycle.start(intake());
  const both = Promise.all([lifecycle.stop('SIGINT'), lifecycle.stop('SIGTERM')]);
  await vi.runAllTimersAsync();
  expect(await both).toEqual([0, 0]);
  expect(events).toEqual(['wind down', 'drain', 'close oven']);
});

test('exit code 3: work in flight is cut off at the deadline, the parts are closed all the same', async () => {
  const { lifecycle, events, part, intake } = life({ delaySeconds: 0, drainSeconds: 20 });
  part('oven');
  lifecycle.start(intake({ drain: never }));
  const stopped = lifecycle.stop('SIGTERM');
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await stopped).toBe(3);
  expect(events).toEqual(['wind down', 'cut off', 'close oven']);
});

test.each([
  ['fails', fail],
  ['hangs', never],
])('exit code 4: a part that %s in closing does not keep the others open', async (_name, close) => {
  const { lifecycle, events, part, intake } = life({ delaySeconds: 0 });
  part('dough');
  part('oven', { close });
  lifecycle.start(intake());
  const stopped = lifecycle.stop('SIGTERM');
  await vi.runAllTimersAsync();
  expect(await stopped).toBe(4);
  expect(events).toEqual(['wind down', 'drain', 'close dough']);
});

test('a stop before the start closes the parts without pause or drain', async () => {
  const { lifecycle, events, part } = life();
  part('dough');
  expect(await lifecycle.stop('SIGTERM')).toBe(0);
  expect(events).toEqual(['close dough']);
});

test('readiness is the state of each part that can be asked', async () => {
  const { lifecycle, part, intake } = life();
  part('dough', { check: async () => undefined });
  part('oven', { check: fail });
  part('menu');
  expect((await lifecycle.readiness()).ready).toBe(false);
  lifecycle.start(intake());
  expect(await lifecycle.readiness()).toEqual({ ready: false, checks: { dough: 'ok', oven: 'failed' } });
});

test('a part that does not answer in two seconds is not ready', async () => {
  const { lifecycle, part, intake } = life();
  part('oven', { check: never });
  lifecycle.start(intake());
  const readiness = lifecycle.readiness();
  await vi.advanceTimersByTimeAsync(2000);
  expect(await readiness).toEqual({ ready: false, checks: { oven: 'failed' } });
});

test('the log tells once that a part is not ready, and when it is again', async () => {
  const memory = memoryLog();
  const lifecycle = new Lifecycle({ log: memory.log, delaySeconds: 0, drainSeconds: 0 });
  const check = vi.fn<() => Promise<void>>(fail);
  lifecycle.part('oven', { check });
  lifecycle.start({ windDown: () => undefined, drain: async () => undefined, cutOff: () => undefined });
  await lifecycle.readiness();
  await lifecycle.readiness();
  check.mockImplementation(async () => undefined);
  await lifecycle.readiness();
  expect(memory.lines.map(({ msg }) => msg)).toEqual(['part is not ready', 'part is ready again']);
});

test('a part is asked once for all probes that come at the same time', async () => {
  const { lifecycle, part, intake } = life();
  const check = vi.fn(async () => undefined);
  part('oven', { check });
  lifecycle.start(intake());
  await Promise.all([lifecycle.readiness(), lifecycle.readiness(), lifecycle.readiness()]);
  await lifecycle.readiness();
  expect(check).toHaveBeenCalledTimes(2);
});

test('exit code 1: a bug while stopping is a failure of the stop that is under way', async () => {
  const { lifecycle, part, intake } = life();
  part('oven');
  lifecycle.start(intake());
  const stopped = lifecycle.stop('SIGTERM');
  const failed = lifecycle.fail('unexpected error');
  await vi.runAllTimersAsync();
  expect(await Promise.all([stopped, failed])).toEqual([1, 1]);
});

import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { ChangeLog } from '../../src/change-log.ts';
import { appendedWithin } from '../../src/http/append-wait.ts';
import { added } from '../change-examples.ts';
import { manualClock } from '../manual-clock.ts';

/** Somebody who waits for 10 seconds, and what is left of it. */
function waitFor(signal: AbortSignal) {
  const [changes, clock] = [new ChangeLog(), manualClock()];
  const wait = () => appendedWithin(10_000, { changes, clock, signal });
  const left = () => [changes.waiting, clock.sleeping(), getEventListeners(signal, 'abort').length];
  return { changes, clock, wait, left };
}

it.each<[string, (waiting: ReturnType<typeof waitFor>, gone: AbortController) => unknown]>([
  ['the next append', ({ changes }) => changes.append(added('rg-a'))],
  ['the end of its time', ({ clock }) => clock.advance(10)],
  ['the end of the log', ({ changes }) => changes.close()],
  ['the leave of the client', (_waiting, gone) => gone.abort()],
])('ends with %s, and leaves nothing behind', async (_what, end) => {
  const gone = new AbortController();
  const waiting = waitFor(gone.signal);
  const ended = waiting.wait();
  expect(waiting.left()).toEqual([1, 1, 1]);
  await end(waiting, gone);
  await ended;
  expect(waiting.left()).toEqual([0, 0, 0]);
});

it('does not begin for a client that has gone', async () => {
  const { wait, left } = waitFor(AbortSignal.abort());
  await wait();
  expect(left()).toEqual([0, 0, 0]);
});

import { expect, it } from 'vitest';
import { Refresher } from '../src/refresher.ts';
import { A, refreshOptions } from './refresh-options.ts';
import { failure, scriptedSource } from './scripted-source.ts';

type Script = Parameters<typeof scriptedSource>[1];

function refresh(...script: [Script, ...Script[]]) {
  const options = refreshOptions();
  const source = scriptedSource(options.clock, ...script);
  return { ...options, source, refresher: new Refresher(A, { ...options, source }) };
}

it('reads at once and then every interval', async () => {
  const { clock, source } = refresh(['rg-a']);
  await clock.advance(180);
  expect(source.calls).toEqual([0, 60, 120, 180]);
});

it('takes over a group that was added and drops one that was deleted', async () => {
  const { clock, refresher } = refresh(['rg-a', 'rg-b'], ['rg-b', 'rg-c']);
  await clock.advance(60);
  expect(refresher.snapshot).toEqual({ groups: [{ name: 'rg-b' }, { name: 'rg-c' }], asOf: 60_000 });
});

it('keeps the last good snapshot while passes fail, and recovers', async () => {
  const { clock, refresher } = refresh(['rg-a'], failure('unavailable'), failure('invalid-answer'), ['rg-z']);
  await clock.advance(61);
  expect(refresher.snapshot).toEqual({ groups: [{ name: 'rg-a' }], asOf: 0 });
  expect(refresher.failure?.reason).toBe('invalid-answer');
  await clock.advance(2);
  expect(refresher.snapshot?.groups).toEqual([{ name: 'rg-z' }]);
  expect(refresher.failure).toBeUndefined();
});

it('does not call before Retry-After has passed', async () => {
  const { clock, source } = refresh(failure('throttled', 100), ['rg-a']);
  await clock.advance(99.9);
  expect(source.calls).toEqual([0]);
  await clock.advance(10);
  expect(source.calls).toEqual([0, 105]);
});

it('backs off while it is throttled without Retry-After', async () => {
  const { clock, source } = refresh(failure('throttled'));
  await clock.advance(75);
  expect(source.calls).toEqual([0, 10, 30, 70]);
});

it('begins the back-off anew after a good pass', async () => {
  const down = failure('unavailable');
  const { clock, source } = refresh(down, down, ['rg-a'], down, ['rg-a']);
  await clock.advance(65);
  expect(source.calls).toEqual([0, 1, 3, 63, 64]);
});

it('gives a pass up at its deadline, with its signal, and tries again', async () => {
  const { clock, source, refresher, passes } = refresh('hangs', ['rg-a']);
  await clock.advance(31);
  expect(passes[0]).toMatchObject({ seconds: 30, failure: { reason: 'timeout' } });
  expect(source.calls).toEqual([0, 31]);
  expect(refresher.snapshot?.groups).toEqual([{ name: 'rg-a' }]);
});

it('never has two passes in flight, however long one takes', async () => {
  const { clock, source } = refresh('hangs');
  await clock.advance(600);
  expect(source.mostOpen).toBe(1);
});

it('leaves no deadline behind after a pass', async () => {
  const { clock } = refresh(['rg-a']);
  await clock.advance(1);
  expect(clock.sleeping()).toBe(1);
});

it('counts age from the begin of the pass', async () => {
  const { clock, refresher } = refresh('hangs', failure('unavailable'), ['rg-a']);
  await clock.advance(33);
  expect(refresher.snapshot?.asOf).toBe(33_000);
});

it('tells of each pass: how long, how many groups, why it failed, when the next begins', async () => {
  const { clock, passes } = refresh(['rg-a', 'rg-b'], failure('forbidden'));
  await clock.advance(60);
  expect(passes).toEqual([
    { subscriptionId: A, seconds: 0, nextInSeconds: 60, groups: 2 },
    { subscriptionId: A, seconds: 0, nextInSeconds: 1, failure: expect.objectContaining({ reason: 'forbidden' }) },
  ]);
});

it('calls a source that breaks its promise unexpected, and goes on', async () => {
  const options = refreshOptions();
  const source = { list: () => Promise.reject(new TypeError('oops')) };
  const refresher = new Refresher(A, { ...options, source });
  await options.clock.advance(1);
  expect(refresher.failure).toMatchObject({ reason: 'unexpected', cause: new TypeError('oops') });
  expect(options.passes).toHaveLength(2);
});

it('aborts the pass in flight when it is closed, waits for its end and stays silent', async () => {
  const { clock, source, refresher, passes } = refresh('hangs');
  await refresher.close();
  expect(source.open).toBe(0);
  await clock.advance(600);
  expect(source.calls).toEqual([0]);
  expect(passes).toEqual([]);
});

it('ends its pause when it is closed', async () => {
  const { clock, source, refresher } = refresh(['rg-a']);
  await clock.advance(10);
  await refresher.close();
  await clock.advance(600);
  expect(source.calls).toEqual([0]);
});

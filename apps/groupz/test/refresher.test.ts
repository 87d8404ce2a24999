import pLimit from 'p-limit';
import { expect, it } from 'vitest';
import { type Pass, Refresher, type RefreshOptions } from '../src/refresher.ts';
import { refreshOptions } from './refresh-options.ts';
import { type Answer, failure, scriptedReads } from './scripted-source.ts';

type Names = readonly string[];

function refresh(...script: [Answer<Names>, ...Answer<Names>[]]) {
  const options = refreshOptions();
  return { clock: options.clock, ...refreshWith(options, script) };
}

function refreshWith(options: RefreshOptions, script: [Answer<Names>, ...Answer<Names>[]]) {
  const reads = scriptedReads(options.clock, ...script);
  const passes: Pass<Names>[] = [];
  const tell = (pass: Pass<Names>) => void passes.push(pass);
  const refresher = new Refresher<Names>({ read: (signal) => reads.read(signal), tell }, options);
  return { reads, passes, refresher };
}

it('reads at once and then every interval', async () => {
  const { clock, reads } = refresh(['rg-a']);
  await clock.advance(180);
  expect(reads.calls).toEqual([0, 60, 120, 180]);
});

it('varies the interval by chance, so that replicas fall out of step', async () => {
  const options = refreshOptions();
  const chances = [0, 1, 0.5];
  const random = () => chances.shift() ?? 0.5;
  const { reads } = refreshWith({ ...options, pace: { refreshSeconds: 60, slowestSeconds: 600, random } }, [['rg-a']]);
  await options.clock.advance(180);
  expect(reads.calls).toEqual([0, 54, 120, 180]);
});

it('tells of each reading: when it began, how long it took, what came of it, when the next begins', async () => {
  const { clock, passes } = refresh(['rg-a', 'rg-b'], failure('forbidden'));
  await clock.advance(60);
  expect(passes).toEqual([
    { asOf: 0, seconds: 0, nextInSeconds: 60, outcome: ['rg-a', 'rg-b'] },
    { asOf: 60_000, seconds: 0, nextInSeconds: 1, outcome: expect.objectContaining({ reason: 'forbidden' }) },
  ]);
});

it('does not call before Retry-After has passed', async () => {
  const { clock, reads } = refresh(failure('throttled', 100), ['rg-a']);
  await clock.advance(99.9);
  expect(reads.calls).toEqual([0]);
  await clock.advance(10);
  expect(reads.calls).toEqual([0, 105]);
});

it('backs off while it is throttled without Retry-After', async () => {
  const { clock, reads } = refresh(failure('throttled'));
  await clock.advance(75);
  expect(reads.calls).toEqual([0, 10, 30, 70]);
});

it('asks again every few seconds while a federated credential spreads', async () => {
  const { clock, reads } = refresh(failure('federation-pending', 3));
  await clock.advance(10);
  expect(reads.calls).toHaveLength(4);
});

it('begins the back-off anew after a good reading', async () => {
  const down = failure('unavailable');
  const { clock, reads } = refresh(down, down, ['rg-a'], down, ['rg-a']);
  await clock.advance(65);
  expect(reads.calls).toEqual([0, 1, 3, 63, 64]);
});

it('slows down before Azure has to ask for it', async () => {
  const options = refreshOptions();
  const reads = scriptedReads(options.clock, ['rg-a']);
  const subject = { read: reads.read, allowanceLeft: () => 0.1, tell: () => undefined };
  const refresher = new Refresher<Names>(subject, options);
  await options.clock.advance(600);
  expect(reads.calls).toEqual([0, 330]);
  await refresher.close();
});

it('gives a reading up at its deadline, with its signal, and tries again', async () => {
  const { clock, reads, passes } = refresh('hangs', ['rg-a']);
  await clock.advance(31);
  expect(passes[0]).toMatchObject({ seconds: 30, outcome: { reason: 'timeout' } });
  expect(reads.calls).toEqual([0, 31]);
  expect(passes[1]).toMatchObject({ asOf: 31_000, outcome: ['rg-a'] });
});

it('never has two readings in flight, however long one takes', async () => {
  const { clock, reads } = refresh('hangs');
  await clock.advance(600);
  expect(reads.mostOpen).toBe(1);
  expect(reads.calls.length).toBeGreaterThan(5);
});

it('leaves no deadline behind after a reading', async () => {
  const { clock } = refresh(['rg-a']);
  await clock.advance(1);
  expect(clock.sleeping()).toBe(1);
});

it('counts age from the begin of the reading, not from when it queued', async () => {
  const options = { ...refreshOptions(), limit: pLimit(1) };
  const first = refreshWith(options, ['hangs']);
  const second = refreshWith(options, [['rg-a']]);
  await options.clock.advance(30);
  expect(first.passes[0]).toMatchObject({ asOf: 0, seconds: 30 });
  expect(second.passes[0]).toMatchObject({ asOf: 30_000, seconds: 0 });
});

it('calls a source that breaks its promise unexpected, and goes on', async () => {
  const options = refreshOptions();
  const passes: Pass<Names>[] = [];
  const subject = { read: () => Promise.reject(new TypeError('oops')), tell: (pass: Pass<Names>) => passes.push(pass) };
  const refresher = new Refresher<Names>(subject, options);
  await options.clock.advance(1);
  expect(passes).toHaveLength(2);
  expect(passes[0]?.outcome).toMatchObject({ reason: 'unexpected', cause: new TypeError('oops') });
  await refresher.close();
});

it('aborts the reading in flight when it is closed, waits for its end and stays silent', async () => {
  const { clock, reads, refresher, passes } = refresh('hangs');
  await clock.advance(1);
  await refresher.close();
  expect(reads.open).toBe(0);
  await clock.advance(600);
  expect(reads.calls).toEqual([0]);
  expect(passes).toEqual([]);
});

it('reads nothing when it is closed while it queues', async () => {
  const options = { ...refreshOptions(), limit: pLimit(1) };
  const first = refreshWith(options, ['hangs']);
  const second = refreshWith(options, [['rg-a']]);
  await options.clock.advance(1);
  const closed = second.refresher.close();
  await first.refresher.close();
  await closed;
  expect(second.reads.calls).toEqual([]);
  expect(second.passes).toEqual([]);
});

it('ends its pause when it is closed', async () => {
  const { clock, reads, refresher } = refresh(['rg-a']);
  await clock.advance(10);
  await refresher.close();
  await clock.advance(600);
  expect(reads.calls).toEqual([0]);
  expect(clock.sleeping()).toBe(0);
});

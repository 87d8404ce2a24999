import { expect, it, onTestFinished } from 'vitest';
import { Readers } from '../src/readers.ts';
import { type Faults, faultySource } from './faulty-source.ts';
import { A, B, C, refreshOptions } from './refresh-options.ts';
import { failure } from './scripted-source.ts';

function readers(perReading: number, faults: Faults = new Map()) {
  const options = refreshOptions();
  const source = faultySource({ groups: new Map([A, B, C].map((id) => [id, ['rg-x']])), faults, perReading });
  const told: (readonly string[])[] = [];
  const covered = new Readers(source, options, (ids) => void told.push(ids));
  onTestFinished(() => covered.close());
  return { clock: options.clock, source, told, readers: covered };
}

it('reads as many subscriptions at a time as the source can', async () => {
  const { clock, source, readers: all } = readers(2);
  all.cover([A, B, C]);
  await clock.advance(0);
  expect(source.calls).toEqual([[A, B], [C]]);
});

it('reads each by itself where the source can do no better', async () => {
  const { clock, source, readers: all } = readers(1);
  all.cover([A, B]);
  await clock.advance(60);
  expect(source.calls).toEqual([[A], [B], [A], [B]]);
});

it('fills up a batch that has room, and reads it at once', async () => {
  const { clock, source, readers: all } = readers(2);
  all.cover([A]);
  await clock.advance(30);
  all.cover([A, B, C]);
  await clock.advance(0);
  expect(source.calls).toHaveLength(3);
  expect(source.calls).toContainEqual([A, B]);
});

it('reads one that was gone for a while no sooner than Azure has asked', async () => {
  const { clock, source, readers: all } = readers(1, new Map([[A, failure('throttled', 60)]]));
  all.cover([A, B]);
  await clock.advance(2);
  all.cover([B]);
  await clock.advance(3);
  all.cover([A, B]);
  await clock.advance(54);
  expect(source.calls.filter(([id]) => id === A)).toHaveLength(1);
  await clock.advance(10);
  expect(source.calls.filter(([id]) => id === A)).toHaveLength(2);
});

it('reads on without those that are gone', async () => {
  const { clock, source, readers: all } = readers(2);
  all.cover([A, B, C]);
  await clock.advance(0);
  all.cover([B]);
  await clock.advance(120);
  expect(source.calls.slice(2)).toEqual([[B], [B]]);
});

it('keeps waiting as Azure asked, whoever comes or goes', async () => {
  const { clock, source, readers: all } = readers(2, new Map([[A, failure('throttled', 600)]]));
  all.cover([A]);
  await clock.advance(10);
  all.cover([A, B]);
  all.cover([B]);
  all.cover([A, B]);
  await clock.advance(580);
  expect(source.calls).toEqual([[A]]);
});

it('tells whom a reading was meant to cover when it began', async () => {
  const faults: Faults = new Map([[A, 'hangs']]);
  const { clock, told, readers: all } = readers(2, faults);
  all.cover([A]);
  await clock.advance(10);
  all.cover([A, B]);
  await clock.advance(20);
  expect(told).toEqual([[A]]);
  await clock.advance(31);
  expect(told).toEqual([[A], [A, B]]);
});

it('aborts the reading of a batch that nobody is left in', async () => {
  const { clock, source, told, readers: all } = readers(1, new Map([[A, 'hangs']]));
  all.cover([A]);
  await clock.advance(1);
  all.cover([]);
  await clock.advance(1);
  expect(source.open).toBe(0);
  expect(told).toEqual([]);
});

it('waits when it is closed for the readings to end, also of those that are gone', async () => {
  const { clock, source, readers: all } = readers(1, new Map([[A, 'hangs']]));
  all.cover([A, B]);
  await clock.advance(1);
  all.cover([B]);
  await all.close();
  await clock.advance(600);
  expect(source.open).toBe(0);
  expect(source.calls).toHaveLength(2);
});

it('has not closed before a reading of one that is gone has let go', async () => {
  const letGo = Promise.withResolvers<never>();
  const list = () => letGo.promise;
  const options = refreshOptions();
  const all = new Readers({ name: 'arm', subscriptionsPerReading: 1, list }, options, () => undefined);
  all.cover([A]);
  await options.clock.advance(1);
  all.cover([]);
  let closed = false;
  const closing = all.close().then(() => (closed = true));
  await options.clock.advance(1);
  expect(closed).toBe(false);
  letGo.reject(new Error('aborted at last'));
  await closing;
});

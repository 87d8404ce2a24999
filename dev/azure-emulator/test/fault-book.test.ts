import { describe, expect, it } from 'vitest';
import { FaultBook } from '../src/fault-book.ts';
import type { FaultRequest } from '../src/faults.ts';

const id = '0b1f6471-1bf0-4dda-aec3-111111111111';
const request = { target: 'arm', method: 'GET', path: `/subscriptions/${id}/resourcegroups` } as const;
const refusal = { match: { target: 'arm' }, kind: 'status', status: 429 } as const;

function bookWith(...faults: FaultRequest[]) {
  const time = { now: 0 };
  const book = new FaultBook(() => time.now);
  for (const fault of faults) book.add(fault);
  return { book, time };
}

describe('a fault', () => {
  it('lets the first requests pass, then is met `times` times', () => {
    const { book } = bookWith({ ...refusal, skip: 2, times: 1 });
    expect([1, 2, 3, 4].map(() => book.take(request)?.kind)).toEqual([undefined, undefined, 'status', undefined]);
  });

  it('that lets a request pass leaves it to the next fault', () => {
    const { book } = bookWith({ ...refusal, skip: 1 }, { match: { target: 'arm' }, kind: 'drop', times: 1 });
    expect([1, 2].map(() => book.take(request)?.kind)).toEqual(['drop', 'status']);
  });

  it.for([
    [{ method: 'HEAD' }, false],
    [{ method: 'GET' }, true],
    [{ subscription: id.toUpperCase() }, true],
    [{ subscription: 'other' }, false],
    [{ path: `/subscriptions/${id}/RESOURCEGROUPS` }, true],
    [{ path: '/tenants' }, false],
  ] as const)('with %j is met: %s', ([match, met]) => {
    const { book } = bookWith({ ...refusal, match: { target: 'arm', ...match } });
    expect(book.take(request) !== undefined).toBe(met);
  });

  it('matches a path that is escaped, by what it means', () => {
    const { book } = bookWith({ ...refusal, match: { target: 'arm', path: '/größe 50%' } });
    expect(book.take({ ...request, path: '/gr%C3%B6%C3%9Fe%2050%25' })?.kind).toBe('status');
    expect(book.take({ ...request, path: '/%zz' })).toBeUndefined();
  });

  it('that keeps a federation pending is met by requests for a token alone', () => {
    const { book } = bookWith({ match: { target: 'entra' }, kind: 'federation-pending' });
    const take = (method: string) => book.take({ target: 'entra', method, path: '/tenant/oauth2/v2.0/token' });
    expect([take('GET'), take('POST')?.kind]).toEqual([undefined, 'federation-pending']);
  });
});

describe('a refusal that holds', () => {
  const held = { ...refusal, retryAfterSeconds: 5, hold: true, times: 1 };

  it('refuses what comes too soon, each time for the whole wait', () => {
    const { book, time } = bookWith(held);
    expect(book.take(request)?.kind).toBe('status');
    for (const now of [4000, 8000, 12_000]) {
      time.now = now;
      expect(book.take(request)).toMatchObject({ status: 429, retryAfterSeconds: 5 });
    }
    expect(book.earlyRetries).toBe(3);
    time.now = 17_000;
    expect(book.take(request)).toBeUndefined();
    expect(book.earlyRetries).toBe(3);
  });

  it('leaves the other subscriptions alone', () => {
    const { book } = bookWith(held);
    book.take(request);
    expect(book.take({ ...request, path: '/subscriptions/other/resourcegroups' })).toBeUndefined();
    expect(book.earlyRetries).toBe(0);
  });

  it('ends when it is taken back', () => {
    const { book } = bookWith({ ...held, times: 2 });
    book.take(request);
    expect(book.remove(book.all[0]?.id ?? '')).toBe(true);
    expect(book.take(request)).toBeUndefined();
  });
});

it('a refusal that does not hold only counts who came too soon', () => {
  const { book, time } = bookWith({ ...refusal, retryAfterSeconds: 5, times: 1 });
  book.take(request);
  time.now = 1000;
  expect(book.take(request)).toBeUndefined();
  expect(book.earlyRetries).toBe(1);
});

it('who came too soon is not forgotten with the fault, but with a reset', () => {
  const { book } = bookWith({ ...refusal, retryAfterSeconds: 5 });
  for (const _each of [1, 2, 3]) book.take(request);
  book.clear();
  expect([book.all, book.earlyRetries]).toEqual([[], 2]);
  book.reset();
  expect(book.earlyRetries).toBe(0);
});

it('a clock that is off is met by nobody, and is that of Resource Graph too', () => {
  const { book } = bookWith({ match: { target: 'arm' }, kind: 'clock-skew', seconds: -90 });
  expect(book.take(request)).toBeUndefined();
  expect([book.skewOf('arm'), book.skewOf('graph'), book.skewOf('entra')]).toEqual([-90, -90, 0]);
});

import { expect, it } from 'vitest';
import type { Holding } from '../src/holdings.ts';
import { type FailureReason, SourceFailure } from '../src/source-failure.ts';
import { errorOf, freshnessOf, isStale, secondsToNextReading, servable } from '../src/standing.ts';
import { A } from './refresh-options.ts';
import { failure } from './scripted-source.ts';

const subscription = { subscriptionId: A, displayName: null, state: null };
const limits = { source: 'arm', overdueSeconds: 150, staleLimitSeconds: 3600 } as const;
const at = (seconds: number) => ({ ...limits, now: seconds * 1000 });
const snapshot = { groups: [], asOf: 0, date: new Date('2026-01-01T00:00:00Z') };
const fresh: Holding = { subscription, snapshot, nextReadingAt: 60_000 };

it('serves a snapshot up to the limit, and not beyond', () => {
  expect(servable(fresh, at(3600))).toBe(snapshot);
  expect(servable(fresh, at(3600.001))).toBeUndefined();
  expect(servable({}, at(0))).toBeUndefined();
});

it('calls it stale when it is overdue, when the latest reading failed, and when there is none', () => {
  expect(isStale(fresh, at(150))).toBe(false);
  expect(isStale(fresh, at(150.001))).toBe(true);
  expect(isStale({ ...fresh, failure: failure('unavailable') }, at(1))).toBe(true);
  expect(isStale({ subscription }, at(1))).toBe(true);
});

it('counts the age of the oldest in whole seconds', () => {
  const younger = { ...snapshot, asOf: 50_000, date: new Date('2026-01-01T00:00:50Z') };
  expect(freshnessOf([younger, snapshot], false, at(61.999))).toEqual({
    asOf: '2026-01-01T00:00:00.000Z',
    ageSeconds: 61,
    stale: false,
    source: 'arm',
  });
});

it('has nothing to tell of a subscription that is well', () => {
  expect(errorOf(fresh, at(60))).toBeUndefined();
});

it('tells status and code as Azure gave them, that something is served, and when it is read again', () => {
  const evidence = { status: 429, code: 'SubscriptionRequestsThrottled' };
  const holding = { ...fresh, failure: new SourceFailure('throttled', '', { evidence }) };
  const told = { subscriptionId: A, status: 429, code: 'SubscriptionRequestsThrottled' };
  expect(errorOf(holding, at(20.5))).toEqual({ ...told, served: true, retryAfterSeconds: 40 });
});

it.each<[FailureReason, number, string]>([
  ['throttled', 429, 'Throttled'],
  ['forbidden', 403, 'Forbidden'],
  ['unauthenticated', 401, 'Unauthenticated'],
  ['federation-pending', 401, 'FederationPending'],
  ['not-found', 404, 'SubscriptionNotFound'],
  ['refused', 400, 'Refused'],
  ['unavailable', 503, 'Unavailable'],
  ['invalid-answer', 502, 'InvalidAnswer'],
  ['timeout', 504, 'Timeout'],
  ['unexpected', 500, 'Unexpected'],
])('has words of its own for %s', (reason, status, code) => {
  expect(errorOf({ subscription, failure: failure(reason) }, at(0))).toMatchObject({ status, code, served: false });
});

it.each([
  ['invalid-answer', { status: 200, code: 'PARSE_ERROR' }, 502, 'InvalidAnswer'],
  ['unavailable', { code: 'ECONNRESET' }, 503, 'Unavailable'],
  ['unavailable', { status: 503 }, 503, 'Unavailable'],
  ['unauthenticated', { code: 'AADSTS700016' }, 401, 'AADSTS700016'],
] as const)('tells a failure as %s with %o in words of Azure or of ours', (reason, evidence, status, code) => {
  const holding = { ...fresh, failure: new SourceFailure(reason, '', { evidence }) };
  expect(errorOf(holding, at(0))).toMatchObject({ status, code });
});

it('tells of a subscription that was not read yet, and of one that is too old', () => {
  expect(errorOf({ subscription }, at(0))).toMatchObject({ status: 503, code: 'NotLoadedYet', served: false });
  expect(errorOf(fresh, at(4000))).toMatchObject({ status: 503, code: 'TooOld', served: false });
});

it('counts down to the next reading, and never below a second', () => {
  expect([0, 58.9, 59.1, 100].map((now) => secondsToNextReading(fresh, now * 1000))).toEqual([60, 2, 1, 1]);
});

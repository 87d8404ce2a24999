import { createLog } from '@seaworthy/chassis/log';
import { expect, it } from 'vitest';
import type { InventoryObserver } from '../src/inventory-observer.ts';
import { logReadings } from '../src/reading-log.ts';
import { SourceFailure } from '../src/source-failure.ts';
import { A } from './refresh-options.ts';

const good = { subscriptionId: A, asOf: 0, seconds: 0.123, nextInSeconds: 60, groups: 13 };
const evidence = { code: 'AuthorizationFailed', status: 403, requestId: '3859d43b' };
const refusal = new SourceFailure('forbidden', 'No role.', { evidence, retryAfterSeconds: 17 });
const bad = { subscriptionId: A, asOf: 0, seconds: 1, nextInSeconds: 17.55, failure: refusal };

/** What is logged, a parsed line each. */
function linesOf(happens: (log: Required<InventoryObserver>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  happens(logReadings(createLog({ name: 'groupz', level: 'info', destination })) as Required<InventoryObserver>);
  return lines.map((line) => JSON.parse(line));
}

it('logs a failure with reason, code, status, request id and when it goes on', () => {
  const [line] = linesOf((log) => log.subscriptionRead(bad));
  const facts = { subscriptionId: A, reason: 'forbidden', ...evidence, retryAfterSeconds: 17, nextInSeconds: 17.6 };
  expect(line).toMatchObject({ level: 'warn', ...facts, detail: 'No role.' });
});

it('logs the first good reading and the first after failures, not every minute', () => {
  const lines = linesOf((log) => [good, good, bad, good, good].map((each) => log.subscriptionRead(each)));
  expect(lines.map(({ level }) => level)).toEqual(['info', 'warn', 'info']);
});

it('logs a bug as an error with its stack', () => {
  const failure = new SourceFailure('unexpected', 'A bug.', { cause: new TypeError('oops') });
  expect(linesOf((log) => log.subscriptionRead({ ...bad, failure }))).toMatchObject([
    { level: 'error', err: { cause: { type: 'TypeError', stack: expect.stringContaining('oops') } } },
  ]);
});

it('logs who was refused by the identity provider', () => {
  const identity = { credential: 'workload', tenantId: 'contoso', clientId: 'c0ffee', subject: 'system:sa:groupz' };
  const failure = new SourceFailure('unauthenticated', 'No.', { evidence: { code: 'AADSTS70021', identity } });
  expect(linesOf((log) => log.subscriptionRead({ ...bad, failure }))).toMatchObject([
    { reason: 'unauthenticated', code: 'AADSTS70021', identity },
  ]);
});

it('logs when subscriptions are listed first, not listed, and listed again', () => {
  const lines = linesOf((log) => {
    for (const failure of [undefined, undefined, refusal, undefined])
      log.discovered({ nextInSeconds: 300, ...(failure ? { failure } : { subscriptions: 2 }) });
  });
  expect(lines.map(({ level, msg }) => `${level} ${msg}`)).toEqual([
    'info subscriptions listed',
    'warn subscriptions not listed, those known stay',
    'info subscriptions listed',
  ]);
});

it('logs when a subscription is gone, and when it is read after it came back', () => {
  const lines = linesOf((log) => {
    log.subscriptionRead(good);
    log.subscriptionGone(A);
    log.subscriptionRead(good);
  });
  expect(lines.map(({ msg }) => msg)).toEqual(['resource groups read', 'subscription is gone', 'resource groups read']);
});

it('logs how many groups changed, but not that all are new at first', () => {
  const lines = linesOf((log) => {
    log.groupsChanged([{}, {}] as never, true);
    log.groupsChanged([{}] as never, false);
  });
  expect(lines).toMatchObject([{ changes: 1, msg: 'resource groups changed' }]);
});

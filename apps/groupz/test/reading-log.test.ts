import { createLog } from '@seaworthy/chassis/log';
import { expect, it } from 'vitest';
import { SourceFailure } from '../src/group-source.ts';
import { logPasses } from '../src/pass-log.ts';
import type { Pass } from '../src/refresher.ts';
import { A } from './refresh-options.ts';

const good: Pass = { subscriptionId: A, seconds: 0.123, nextInSeconds: 60, groups: 13 };
const evidence = { code: 'AuthorizationFailed', status: 403, requestId: '3859d43b' };
const bad: Pass = {
  subscriptionId: A,
  seconds: 1,
  nextInSeconds: 17.55,
  failure: new SourceFailure('forbidden', 'No role.', { evidence, retryAfterSeconds: 17 }),
};

function linesOf(...passes: Pass[]): Record<string, unknown>[] {
  const lines: string[] = [];
  const log = logPasses(
    createLog({ name: 'groupz', level: 'info', destination: { write: (line) => void lines.push(line) } }),
  );
  for (const pass of passes) log(pass);
  return lines.map((line) => JSON.parse(line));
}

it('logs a failure with reason, code, status, request id and when it goes on', () => {
  const [line] = linesOf(bad);
  const facts = { subscriptionId: A, reason: 'forbidden', ...evidence, retryAfterSeconds: 17, nextInSeconds: 17.6 };
  expect(line).toMatchObject({ level: 'warn', ...facts, detail: 'No role.' });
});

it('logs the first good pass and the first after failures, not every minute', () => {
  expect(linesOf(good, good, bad, good, good).map(({ level }) => level)).toEqual(['info', 'warn', 'info']);
});

it('logs a bug as an error with its stack', () => {
  const failure = new SourceFailure('unexpected', 'A bug.', { cause: new TypeError('oops') });
  expect(linesOf({ ...bad, failure })).toMatchObject([
    { level: 'error', err: { cause: { type: 'TypeError', stack: expect.stringContaining('oops') } } },
  ]);
});

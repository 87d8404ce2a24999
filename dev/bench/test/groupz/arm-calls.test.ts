import { expect, it } from 'vitest';
import { reportCalls } from '../../src/groupz/arm-calls.ts';

const one = { subscriptions: 1, idleCalls: 5, busyCalls: 6, requests: 90_000 };
const many = { subscriptions: 20, idleCalls: 95, busyCalls: 100, requests: 80_000 };

it('shows the calls beside the requests, and what follows', () => {
  expect(reportCalls([one, many])).toEqual([
    'subscriptions  ARM calls, no request  requests  ARM calls meanwhile  each interval',
    '1                                  5     90000                    6           1.20',
    '20                                95     80000                  100           20.0',
    'ARM calls grow with subscriptions, not with requests.',
  ]);
});

it('says where requests cause calls', () => {
  expect(reportCalls([one, { ...many, busyCalls: 136 }]).at(-1)).toBe(
    'ARM calls grow with requests at 20 subscriptions.',
  );
});

import { describe } from 'vitest';
import { givenSubscriptions } from '../src/subscription-source.ts';
import { A, B } from './refresh-options.ts';
import { keepsSubscriptionSourceContract } from './subscription-source.contract.ts';

describe('givenSubscriptions', () => {
  keepsSubscriptionSourceContract(async () => ({
    source: givenSubscriptions([A.toUpperCase(), B]),
    expected: [A, B].map((subscriptionId) => ({ subscriptionId, displayName: null, state: null })),
    close: async () => undefined,
  }));
});

import type { Clock } from '../src/clock.ts';
import type { Inventory } from '../src/inventory.ts';
import { PageTokens } from '../src/page-tokens.ts';
import { ReadModel } from '../src/read-model.ts';

interface ModelWish {
  clock: Clock;
  staleLimitSeconds?: number;
  key?: string;
}

/** A model of the inventory, with the key of page tokens that all these models have unless one is given. */
export function modelOf(inventory: Inventory, { clock, staleLimitSeconds = 3600, key = 'of all replicas' }: ModelWish) {
  const tokens = new PageTokens(() => key);
  return new ReadModel({
    holdings: inventory.holdings,
    tokens,
    source: 'arm',
    clock,
    overdueSeconds: 150,
    staleLimitSeconds,
  });
}

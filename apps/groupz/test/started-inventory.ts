import { onTestFinished } from 'vitest';
import { Inventory, type InventoryOptions } from '../src/inventory.ts';
import type { InventoryObserver } from '../src/inventory-observer.ts';
import type { MemoryGroup } from '../src/memory/memory-source.ts';
import { givenSubscriptions } from '../src/subscription-source.ts';
import { type Faults, faultySource } from './faulty-source.ts';
import { refreshOptions } from './refresh-options.ts';

export interface InventoryWorld {
  groups: Map<string, MemoryGroup[]>;
  faults?: Faults;
  perReading?: number;
  allowanceLeft?: number;
  options?: Partial<InventoryOptions>;
}

/** What an observer was told, in its order. */
export type Told = {
  [E in keyof InventoryObserver]-?: [E, ...Parameters<NonNullable<InventoryObserver[E]>>];
}[keyof InventoryObserver];

/** An inventory of all subscriptions that have groups, on a manual clock, until the test ends. */
export function startedInventory({ groups, faults = new Map(), options, ...sourceOptions }: InventoryWorld) {
  const refresh = refreshOptions();
  const source = faultySource({ groups, faults, ...sourceOptions });
  const told: Told[] = [];
  const inventory = new Inventory({
    ...refresh,
    source,
    subscriptions: givenSubscriptions([...groups.keys()]),
    discoverySeconds: 300,
    observers: [recordTo(told)],
    ...options,
  });
  onTestFinished(() => inventory.close());
  return { clock: refresh.clock, source, groups, faults, told, inventory };
}

function recordTo(told: Told[]): InventoryObserver {
  return {
    subscriptionRead: (...what) => void told.push(['subscriptionRead', ...what]),
    subscriptionGone: (...what) => void told.push(['subscriptionGone', ...what]),
    discovered: (...what) => void told.push(['discovered', ...what]),
    groupsChanged: (...what) => void told.push(['groupsChanged', ...what]),
  };
}

import type { ResourceGroup } from '@seaworthy/contracts/groupz';
import { type MemoryGroup, wholeGroup } from '../src/memory/memory-source.ts';
import { A } from './refresh-options.ts';

/** A whole group; what is not said of it is filled in. */
export function groupOf(known: MemoryGroup, subscriptionId = A): ResourceGroup {
  return wholeGroup(subscriptionId, known);
}

/** Subscriptions with so many groups each, whose names sort in the order in which they are made. */
export function crowd(subscriptions: number, groupsEach: number): Map<string, MemoryGroup[]> {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  return new Map(
    numbers(subscriptions).map((nth) => [
      `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`,
      numbers(groupsEach).map((each) => `rg-${String(each).padStart(5, '0')}-${nth}`),
    ]),
  );
}

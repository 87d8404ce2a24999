import { describe } from 'vitest';
import { type MemoryGroup, memorySource } from '../../src/memory/memory-source.ts';
import { keepsGroupSourceContract } from '../group-source.contract.ts';
import { A, B } from '../refresh-options.ts';

describe('memorySource', () => {
  keepsGroupSourceContract(async () => {
    const managed = { name: 'rg-managed', managedBy: '/subscriptions/x/providers/y' };
    const names = Array.from({ length: 11 }, (_, index) => `rg-${index}`);
    const groups = new Map<string, MemoryGroup[]>([
      [A, [...names, managed]],
      [B, []],
    ]);
    const without = (id: string, name: string) =>
      (groups.get(id) ?? []).filter((each) => (typeof each === 'string' ? each : each.name) !== name);
    return {
      source: memorySource(groups),
      full: A,
      managed,
      empty: B,
      unknown: '00000000-0000-4000-8000-000000000000',
      put: async (id, group) => void groups.set(id, [...without(id, group.name), group]),
      remove: async (id, name) => void groups.set(id, without(id, name)),
      close: async () => undefined,
    };
  });
});

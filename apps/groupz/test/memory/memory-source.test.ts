import { describe } from 'vitest';
import { memorySource } from '../../src/memory/memory-source.ts';
import { keepsGroupSourceContract } from '../group-source.contract.ts';
import { A, B } from '../refresh-options.ts';

describe('memorySource', () => {
  keepsGroupSourceContract(async () => {
    const groups = new Map([
      [A, Array.from({ length: 11 }, (_, index) => `rg-${index}`)],
      [B, []],
    ]);
    const of = (id: string) => groups.get(id) ?? [];
    return {
      source: memorySource(groups),
      full: A,
      empty: B,
      unknown: '00000000-0000-4000-8000-000000000000',
      put: async (id, name) => void groups.set(id, [...of(id), name]),
      remove: async (id, name) =>
        void groups.set(
          id,
          of(id).filter((each) => each !== name),
        ),
      close: async () => undefined,
    };
  });
});

import { describe } from 'vitest';
import { memoryOutbox } from '../../src/memory/memory-outbox.ts';
import { outboxContract } from '../outbox.contract.ts';

describe('the outbox in memory', () => {
  outboxContract(async () => {
    const outbox = memoryOutbox([]);
    return {
      outbox,
      fill: async (changes) => void outbox.changes.splice(0, outbox.changes.length, ...changes),
      close: async () => undefined,
    };
  });
});

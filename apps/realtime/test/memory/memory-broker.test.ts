import { describe } from 'vitest';
import { memoryBroker } from '../../src/memory/memory-broker.ts';
import { brokerContract } from '../broker.contract.ts';
import { storedContract } from '../stored.contract.ts';

describe('in memory', () => {
  brokerContract(async () => {
    const broker = memoryBroker();
    return { broker, publish: async (channel, payload) => broker.pass(channel, payload) };
  });
  storedContract(async () => memoryBroker());
});

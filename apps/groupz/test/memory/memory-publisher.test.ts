import type { ResourceGroupChange } from '@seaworthy/contracts/groupz';
import { memoryPublisher } from '../../src/memory/memory-publisher.ts';
import { changePublisherContract } from '../change-publisher.contract.ts';

changePublisherContract(async () => {
  const received: ResourceGroupChange[] = [];
  const outcomes = { published: 0, duplicate: 0, dropped: 0 };
  const publisher = memoryPublisher(
    (change) => received.push(change),
    (outcome, changes) => (outcomes[outcome] += changes),
  );
  return { publisher, received, outcomes };
});

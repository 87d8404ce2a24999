import type { ResourceGroupChange } from '@seaworthy/contracts/groupz';
import type { ChangePublisher, PublishObserver } from '../change-publisher.ts';

/** Hands changes to a listener in this process, in place of a channel. */
export function memoryPublisher(
  receive: (change: ResourceGroupChange) => void,
  observe: PublishObserver,
): ChangePublisher {
  let closed = false;
  return {
    publish(changes) {
      if (!closed) for (const change of changes) receive(change);
      observe(closed ? 'dropped' : 'published', changes.length);
    },
    async close() {
      closed = true;
    },
  };
}

import type { UserChange } from '@seaworthy/contracts/users';
import type { Outbox } from '../change-relay.ts';

/** An outbox in memory, filled with `changes`: for tests. */
export function memoryOutbox(changes: UserChange[]): Outbox & { changes: UserChange[] } {
  let isDraining = false;
  return {
    changes,
    async drain(limit, tell) {
      const oldest = changes.slice(0, limit);
      if (isDraining || oldest.length === 0) return 0;
      isDraining = true;
      try {
        await tell(oldest);
        changes.splice(0, oldest.length);
        return oldest.length;
      } finally {
        isDraining = false;
      }
    },
  };
}

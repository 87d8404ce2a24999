import type { AccessToken } from '@azure/identity';
import type { AzureCalls } from '../azure-calls.ts';
import type { Clock } from '../clock.ts';

const dueMilliseconds = 300_000;
const goodMilliseconds = 30_000;
const restMilliseconds = 30_000;

/** Access tokens in memory. */
export interface TokenShelf {
  put(key: string, token: AccessToken): void;
  /** A token that is good for a while, and whether it is time to replace it. */
  take(key: string): { token: AccessToken; isDue: boolean } | undefined;
  /** A replacement failed: none is due for a moment. */
  rest(): void;
}

/** An empty shelf that tells of every new token. */
export function tokenShelf(clock: Clock, calls: AzureCalls): TokenShelf {
  const tokens = new Map<string, AccessToken>();
  const time = () => clock.date().getTime();
  let restUntil = 0;
  return {
    put(key, token) {
      if (Number.isNaN(token.expiresOnTimestamp)) return; // it would be good for ever
      if (tokens.get(key)?.token !== token.token) calls.token(time(), token.expiresOnTimestamp);
      tokens.set(key, token);
    },
    take(key) {
      const token = tokens.get(key);
      if (token === undefined || time() > token.expiresOnTimestamp - goodMilliseconds) return undefined;
      const due = token.refreshAfterTimestamp ?? token.expiresOnTimestamp - dueMilliseconds;
      return { token, isDue: time() >= due && clock.now() >= restUntil };
    },
    rest() {
      restUntil = clock.now() + restMilliseconds;
    },
  };
}

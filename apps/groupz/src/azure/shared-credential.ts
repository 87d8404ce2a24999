import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/identity';

/** A credential that several passes use at once. */
export interface SharedCredential extends TokenCredential {
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null>;
  /** Forgets cached tokens and file contents: the next call begins anew. */
  renew(): void;
}

const flightMilliseconds = 60_000;

/**
 * Lets simultaneous callers share one exchange: MSAL alone would send each its own (five callers, ten requests).
 * A caller that aborts leaves the others alone; an exchange that hangs holds nobody up for longer than a minute.
 */
export function shareCredential(create: () => TokenCredential): SharedCredential {
  let credential = create();
  const flights = new Map<string, Promise<AccessToken | null>>();

  function start(key: string, scopes: string | string[], options: GetTokenOptions): Promise<AccessToken | null> {
    const flight = until(AbortSignal.timeout(flightMilliseconds), credential.getToken(scopes, options)).finally(() =>
      flights.delete(key),
    );
    flights.set(key, flight);
    return flight;
  }

  return {
    async getToken(scopes, { abortSignal, tracingOptions: _, ...options } = {}) {
      const key = JSON.stringify([scopes, options.claims, options.enableCae, options.tenantId]);
      const flight = flights.get(key) ?? start(key, scopes, options);
      return abortSignal === undefined ? flight : until(abortSignal as AbortSignal, flight);
    },
    renew() {
      credential = create();
    },
  };
}

/** Waits for `work` until the signal aborts, then rejects with its reason. */
async function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

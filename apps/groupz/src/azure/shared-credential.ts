import type { AccessToken, GetTokenOptions } from '@azure/identity';
import type { AzureCalls } from '../azure-calls.ts';
import type { Clock } from '../clock.ts';
import { type IdentityEvidence, SourceFailure } from '../source-failure.ts';
import type { NamedCredential } from './identity-failures.ts';
import { identityGate } from './identity-gate.ts';
import { tokenShelf } from './token-shelf.ts';

/** A credential that several readings use at once. */
export interface SharedCredential extends NamedCredential {
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null>;
  /** Grows each time the tokens are thrown away. */
  readonly generation: number;
  /** Throws all tokens of the generation away: the next call begins anew. Of an older one, nothing is left. */
  renew(generation: number): void;
}

interface ShareOptions {
  clock: Clock;
  calls: AzureCalls;
}

const flightMilliseconds = 60_000;

/**
 * Lets simultaneous callers share one exchange: MSAL alone would send each its own (five callers, ten requests).
 * A caller that aborts leaves the others alone; an exchange that hangs holds nobody up for longer than a minute.
 * A token that is due is replaced in the background as long as it is good, so that an outage of Entra is no outage here.
 */
export function shareCredential(create: () => NamedCredential, { clock, calls }: ShareOptions): SharedCredential {
  let credential = create();
  let generation = 0;
  const gate = identityGate(clock);
  const shelf = tokenShelf(clock, calls);
  const flights = new Map<string, Promise<AccessToken | null>>();

  async function exchange(scopes: string | string[], options: GetTokenOptions): Promise<AccessToken | null> {
    gate.check();
    const began = generation;
    try {
      const token = await until(AbortSignal.timeout(flightMilliseconds), credential.getToken(scopes, options));
      gate.open();
      if (token !== null && began === generation) shelf.put(shelfKey(scopes, options), token);
      return token;
    } catch (error) {
      const identity = credential.identity();
      shelf.rest();
      // MSAL answers for a minute by itself after a refusal: a new credential asks.
      if (began === generation) credential = create();
      throw gate.close(error instanceof SourceFailure ? error : noAnswer(identity));
    }
  }

  function fly(scopes: string | string[], options: GetTokenOptions): Promise<AccessToken | null> {
    const key = JSON.stringify([shelfKey(scopes, options), options.claims]);
    const flying = flights.get(key);
    if (flying !== undefined) return flying;
    const flight = exchange(scopes, options).finally(() => {
      if (flights.get(key) === flight) flights.delete(key);
    });
    flights.set(key, flight);
    return flight;
  }

  return {
    identity: () => credential.identity(),
    get generation() {
      return generation;
    },
    async getToken(scopes, { abortSignal, tracingOptions: _, ...options } = {}) {
      // Claims are asked for because Azure refused the token that lies there.
      const kept = options.claims === undefined ? shelf.take(shelfKey(scopes, options)) : undefined;
      if (kept?.isDue) void fly(scopes, options).catch(() => undefined); // counted; the next call tries again
      if (kept !== undefined) return kept.token;
      const flight = fly(scopes, options);
      return abortSignal === undefined ? flight : until(abortSignal as AbortSignal, flight);
    },
    renew(refused) {
      if (refused !== generation) return;
      generation += 1;
      credential = create();
      shelf.clear();
      flights.clear();
    },
  };
}

function shelfKey(scopes: string | string[], { enableCae, tenantId }: GetTokenOptions): string {
  return JSON.stringify([scopes, enableCae, tenantId]);
}

function noAnswer(identity: IdentityEvidence): SourceFailure {
  const seconds = flightMilliseconds / 1000;
  return new SourceFailure('unavailable', `No access token within ${seconds} seconds.`, { evidence: { identity } });
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

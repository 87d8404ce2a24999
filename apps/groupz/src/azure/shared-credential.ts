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
  /** Whether the next call gives the same token again. */
  keeps(given: GivenToken): boolean;
  /** Puts a new token in the place of one that was refused. The old one is given until then: others may accept it. */
  replace(refused: GivenToken, signal: AbortSignal): Promise<void>;
}

/** A token, and how it was asked for. */
export interface GivenToken {
  scopes: string | string[];
  options: GetTokenOptions;
  token: string;
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
  const gate = identityGate(clock);
  const shelf = tokenShelf(clock, calls);
  const flights = new Map<string, Promise<AccessToken | null>>();

  async function exchange(scopes: string | string[], options: GetTokenOptions): Promise<AccessToken | null> {
    gate.check();
    const asked = credential;
    try {
      const token = await until(AbortSignal.timeout(flightMilliseconds), asked.getToken(scopes, options));
      gate.open();
      if (token !== null) shelf.put(shelfKey(scopes, options), token);
      return token;
    } catch (error) {
      const identity = asked.identity();
      shelf.rest();
      // MSAL answers for a minute by itself after a refusal: a new credential asks.
      if (asked === credential) credential = create();
      throw gate.close(error instanceof SourceFailure ? error : noAnswer(identity));
    }
  }

  const keeps = ({ scopes, options, token }: GivenToken) =>
    shelf.take(shelfKey(scopes, options))?.token.token === token;

  function fly(scopes: string | string[], options: GetTokenOptions): Promise<AccessToken | null> {
    const key = flightKey(scopes, options);
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
    async getToken(scopes, { abortSignal, tracingOptions: _, ...options } = {}) {
      // Claims are asked for because Azure refused the token that lies there.
      const kept = options.claims === undefined ? shelf.take(shelfKey(scopes, options)) : undefined;
      if (kept?.isDue) void fly(scopes, options).catch(() => undefined); // counted; the next call tries again
      if (kept !== undefined) return kept.token;
      const flight = fly(scopes, options);
      return abortSignal === undefined ? flight : until(abortSignal as AbortSignal, flight);
    },
    keeps,
    async replace(refused, signal) {
      if (!keeps(refused)) return;
      const { abortSignal: _a, tracingOptions: _t, ...options } = refused.options;
      // MSAL has the refused token in mind: a new credential asks, unless one is asking already.
      if (!flights.has(flightKey(refused.scopes, options))) credential = create();
      await until(signal, fly(refused.scopes, options));
    },
  };
}

function shelfKey(scopes: string | string[], { enableCae, tenantId }: GetTokenOptions): string {
  return JSON.stringify([scopes, enableCae, tenantId]);
}

function flightKey(scopes: string | string[], options: GetTokenOptions): string {
  return JSON.stringify([shelfKey(scopes, options), options.claims]);
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

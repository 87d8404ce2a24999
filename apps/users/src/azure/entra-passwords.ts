import type { Log } from '@seaworthy/chassis/log';
import { Problem } from '@seaworthy/chassis/problem';
import type { PasswordSource } from '../password-source.ts';
import { RefusedTokens } from './refused-tokens.ts';

/** An access token; `expiresOnTimestamp` is in milliseconds since 1970. */
export interface AccessToken {
  token: string;
  expiresOnTimestamp: number;
}

interface EntraPasswordsOptions {
  /** Gets a token that nobody has seen before, unless it is aborted. */
  ask: (signal: AbortSignal) => Promise<AccessToken>;
  /** The time in milliseconds since 1970. */
  now: () => number;
  log: Log;
  /** How long a connection waits for a newer token while there is one that is good. */
  patienceMilliseconds?: number;
  /** How long Entra may take, at first: less than a connection waits for by default, so that it can say why. */
  deadlineMilliseconds?: number;
}

// From ten minutes before its end a token is replaced beside the work; in the last five only where no other is to be had.
const dueMilliseconds = 600_000;
const lastMilliseconds = 300_000;
// A deadline that Entra has missed is doubled, up to this: it may be slow, but what hangs must not hang for long.
const longestDeadlineMilliseconds = 20_000;
const [firstRestMilliseconds, longestRestMilliseconds] = [1000, 30_000];

/**
 * Access tokens as passwords. Connections that ask at once share one request. While Entra is away, the token that is
 * there is used until its end; then `current` rejects with a Problem of kind `unavailable`. It does so, too, while
 * Postgres has refused the token and it is too early to ask for yet another one.
 */
export class EntraPasswords implements PasswordSource {
  readonly #options: Required<EntraPasswordsOptions>;
  readonly #refusals = new RefusedTokens();
  #kept: AccessToken | undefined;
  #keptSince = Number.NEGATIVE_INFINITY;
  #flight: Promise<void> | undefined;
  #outage: { failures: number; until: number; problem: Problem } | undefined;

  constructor(options: EntraPasswordsOptions) {
    this.#options = { patienceMilliseconds: 2000, deadlineMilliseconds: 4000, ...options };
  }

  async current(): Promise<string> {
    const { now, patienceMilliseconds } = this.#options;
    const kept = this.#kept;
    const left = kept ? kept.expiresOnTimestamp - now() : 0;
    if (!kept || left <= 0) await this.#fly();
    else if (this.#refusals.has(kept.token)) await this.#replaceRefused();
    else if (left < lastMilliseconds) await atMost(patienceMilliseconds, this.#fly());
    else if (left < dueMilliseconds) void this.#fly().catch(() => undefined);
    return this.#kept?.token ?? '';
  }

  refused(password: string): void {
    if (this.#kept?.token !== password || this.#refusals.has(password)) return;
    this.#refusals.note(password, { givenAt: this.#keptSince, now: this.#options.now() });
    if (this.#refusals.count === 2) this.#options.log.warn('Postgres refuses new access tokens, too');
  }

  async #replaceRefused(): Promise<void> {
    const { now, patienceMilliseconds } = this.#options;
    if (this.#refusals.isResting(now())) throw unavailable('Postgres refuses the last one');
    await atMost(patienceMilliseconds, this.#fly());
  }

  #fly(): Promise<void> {
    this.#flight ??= this.#exchange().finally(() => {
      this.#flight = undefined;
    });
    return this.#flight;
  }

  async #exchange(): Promise<void> {
    const { now, log } = this.#options;
    if (this.#outage && now() < this.#outage.until) throw this.#outage.problem;
    try {
      this.#kept = await this.#askInTime();
      this.#keptSince = now();
      if (this.#outage) log.info('there are access tokens for Postgres again');
      this.#outage = undefined;
    } catch (error) {
      throw this.#noteOutage(reasonOf(error));
    }
  }

  async #askInTime(): Promise<AccessToken> {
    const { ask, deadlineMilliseconds } = this.#options;
    const milliseconds = Math.min(
      deadlineMilliseconds * 2 ** (this.#outage?.failures ?? 0),
      longestDeadlineMilliseconds,
    );
    const { promise: late, reject } = Promise.withResolvers<never>();
    const controller = new AbortController();
    const timer = setTimeout(() => {
      reject(new Error(`Entra has not answered within ${milliseconds / 1000} s`));
      controller.abort();
    }, milliseconds);
    try {
      return await Promise.race([ask(controller.signal), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Once in the log for each outage, however many connections meet it. */
  #noteOutage(reason: string): Problem {
    const { now, log } = this.#options;
    const failures = this.#outage?.failures ?? 0;
    if (failures === 0) log.warn({ reason }, 'no access token for Postgres');
    const until = now() + Math.min(firstRestMilliseconds * 2 ** failures, longestRestMilliseconds);
    const problem = unavailable(reason);
    this.#outage = { failures: Math.min(failures + 1, 10), until, problem };
    return problem;
  }
}

/** Waits for something that need not succeed. */
async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work.catch(() => undefined), over]);
  clearTimeout(timer);
}

/** What Entra said, without the identifiers and requests that the SDK adds. */
function reasonOf(error: unknown): string {
  return (
    String(error)
      .split(/\s*Trace ID:/, 1)[0]
      ?.slice(0, 300) ?? ''
  );
}

function unavailable(reason: string): Problem {
  // The SDK's errors carry requests, and with them tokens: they are no cause to be logged.
  const cause = new Error(`no access token: ${reason}`);
  return new Problem('unavailable', 'The database does not answer.', { cause, retryAfterSeconds: 2 });
}

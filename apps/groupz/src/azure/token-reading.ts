import type { TokenCredential } from '@azure/identity';
import { SourceFailure } from '../source-failure.ts';
import { failureOfError } from './failures.ts';
import type { GivenToken, SharedCredential } from './shared-credential.ts';
import type { TokenTurns } from './token-turns.ts';

interface TokenReading {
  credential: SharedCredential;
  turns: TokenTurns;
  /** What is read, and so who accepts or refuses the token. */
  subject: string;
  signal: AbortSignal;
}

/**
 * Reads; a second time from the beginning with a new token where Azure refuses the first, which may have been revoked.
 * Rejects with a `SourceFailure`, or with whatever came of the abort.
 */
export async function readWithToken<T>(
  reading: TokenReading,
  read: (credential: TokenCredential) => Promise<T>,
): Promise<T> {
  const attempt = async () => {
    const watched = watchToken(reading);
    try {
      const result = await read(watched);
      reading.turns.accepted(reading.subject);
      return result;
    } catch (error) {
      if (reading.signal.aborted) throw error;
      throw new RefusedReading(withIdentity(failureOfError(error), reading.credential), watched.given());
    }
  };
  try {
    return await attempt().catch(async (error: unknown) => {
      if (!(error instanceof RefusedReading) || !(await hasNewToken(reading, error))) throw error;
      return await attempt();
    });
  } catch (error) {
    throw error instanceof RefusedReading ? error.failure : error;
  }
}

class RefusedReading extends Error {
  readonly failure: SourceFailure;
  readonly given: GivenToken | undefined;

  constructor(failure: SourceFailure, given: GivenToken | undefined) {
    super(failure.message);
    this.failure = failure;
    this.given = given;
  }
}

/** Whether there is another token for the reading, now that its own was refused, and Azure asks for no time. */
async function hasNewToken(
  { credential, turns, subject, signal }: TokenReading,
  { failure, given }: RefusedReading,
): Promise<boolean> {
  if (failure.evidence.status !== 401 || given === undefined) return false;
  if (credential.keeps(given)) {
    if (!turns.isFree(subject)) return false;
    await credential.replace(given, signal);
    turns.take(subject);
  }
  return failure.retryAfterSeconds === undefined && !credential.keeps(given);
}

/** The credential for a client, which tells the token that it gave last. */
function watchToken({ credential, turns, subject }: TokenReading): TokenCredential & {
  given(): GivenToken | undefined;
} {
  let given: GivenToken | undefined;
  return {
    given: () => given,
    async getToken(scopes, { claims, ...options } = {}) {
      // The SDK asks with claims when Azure has refused the token with them: that takes a turn, unless another reading
      // has replaced the token meanwhile.
      const isNew = claims !== undefined && given !== undefined && credential.keeps(given) && turns.isFree(subject);
      const token = await credential.getToken(scopes, isNew ? { ...options, claims } : options);
      if (isNew) turns.take(subject);
      if (token !== null) given = { scopes, options, token: token.token };
      return token;
    },
  };
}

function withIdentity(failure: SourceFailure, credential: SharedCredential): SourceFailure {
  if (failure.evidence.status !== 401) return failure;
  const evidence = { identity: credential.identity(), ...failure.evidence };
  return new SourceFailure(failure.reason, failure.message, { ...failure, evidence });
}

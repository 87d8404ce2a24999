import type { AccessToken, TokenCredential } from '@azure/identity';
import { type IdentityEvidence, SourceFailure } from '../source-failure.ts';
import { evidenceOf } from './failures.ts';
import { brief } from './safe-message.ts';

/** A credential that knows who it is, and throws a `SourceFailure` that says so. */
export interface NamedCredential {
  getToken: TokenCredential['getToken'];
  identity(): IdentityEvidence;
}

interface Explanation {
  /** Who the credential tries to be. */
  identity(): IdentityEvidence;
  /** What the SDK's error does not tell, if there is something. */
  outage?(): SourceFailure | undefined;
  hide?(text: string): string;
}

/**
 * Makes everything that a credential throws a `SourceFailure` that says who was refused. No cause is kept: the SDK's
 * errors carry requests and answers, and with them tokens.
 */
export function explainFailures(
  getToken: TokenCredential['getToken'],
  { identity, outage, hide = (text) => text }: Explanation,
): NamedCredential {
  const explain = (error: unknown) => {
    const { reason, message, retryAfterSeconds, evidence } = outage?.() ?? ofIdentityError(error);
    const told = { ...evidence, identity: identity() };
    return new SourceFailure(reason, brief(hide(message)), { retryAfterSeconds, evidence: told });
  };
  return {
    identity,
    async getToken(scopes, options): Promise<AccessToken | null> {
      try {
        return await getToken(scopes, options);
      } catch (error) {
        throw explain(error);
      }
    },
  };
}

function ofIdentityError(error: unknown): SourceFailure {
  if (error instanceof SourceFailure) return error;
  const { message, name } = error instanceof Error ? error : new Error(String(error));
  const [, trace] = /Trace ID: ([0-9a-f-]{36})/.exec(message) ?? [];
  const evidence = evidenceOf({ code: /AADSTS\d+/.exec(message)?.[0] ?? name, requestId: trace });
  return new SourceFailure('unauthenticated', message.split(/\s*Trace ID:/, 1)[0] ?? '', { evidence });
}

import type { Pipeline, TlsSettings } from '@azure/core-rest-pipeline';
import type { AzureCalls } from '../azure-calls.ts';
import type { Clock } from '../clock.ts';
import { SourceFailure } from '../source-failure.ts';
import { type Allowance, heedAllowance } from './allowance.ts';
import { countCalls } from './counted-calls.ts';
import { failureOfError } from './failures.ts';
import { pageOnce } from './paging.ts';
import { abortAllPages, failOnRefusal, onlyTo, retryTransient } from './pipeline-policies.ts';
import type { SharedCredential } from './shared-credential.ts';

/** What every reading of Azure needs. */
export interface Azure {
  /** Scheme, host and port: nothing is sent elsewhere. */
  endpoint: string;
  scope: string;
  credential: SharedCredential;
  calls: AzureCalls;
  clock: Clock;
  tlsOptions: TlsSettings | undefined;
}

/** One reading over all pages. */
export interface ReadingOptions {
  target: 'arm' | 'resource-graph';
  signal: AbortSignal;
  allowance: Allowance;
  /** Told how many reads are left. */
  remaining(reads: number): void;
}

/** The options of a client; the SDK's own retries are off, as `retryTransient` does it. */
export function clientOptions({ endpoint, scope, tlsOptions }: Azure) {
  return {
    endpoint,
    credentials: { scopes: [scope] },
    retryOptions: { maxRetries: 0 },
    ...(tlsOptions && { tlsOptions }),
  };
}

/** Makes a client's pipeline that of one reading. Connections are pooled below it. */
export function preparePipeline(pipeline: Pipeline, azure: Azure, options: ReadingOptions): void {
  const { endpoint, calls, clock } = azure;
  const { target, signal, allowance, remaining } = options;
  // The phases in the order of their passing. Those of Serialize see a page once, after a claims challenge was met.
  pipeline.addPolicy(pageOnce(), { phase: 'Serialize' });
  pipeline.addPolicy(failOnRefusal(), { phase: 'Serialize' });
  pipeline.addPolicy(heedAllowance(allowance, { signal, clock, tell: remaining }), {
    phase: 'Serialize',
    afterPolicies: ['failOnRefusal'],
  });
  pipeline.addPolicy(abortAllPages(signal), { phase: 'Serialize' });
  pipeline.addPolicy(retryTransient(), { phase: 'Retry' });
  pipeline.addPolicy(onlyTo(endpoint), { afterPhase: 'Sign' });
  pipeline.addPolicy(countCalls(calls, target), { afterPhase: 'Sign', afterPolicies: ['onlyTo'] });
}

/**
 * Reads; a second time from the beginning with a new token where Azure refuses the first, which may have been revoked.
 * Rejects with a `SourceFailure`, or with whatever came of the abort.
 */
export async function readWithToken<T>({ credential }: Azure, signal: AbortSignal, read: () => Promise<T>): Promise<T> {
  const attempt = async () => {
    const { generation } = credential;
    try {
      return await read();
    } catch (error) {
      if (signal.aborted) throw error;
      const failure = failureOfError(error);
      if (!isRefusedToken(failure)) throw failure;
      const identity = credential.identity();
      credential.renew(generation);
      const evidence = { ...failure.evidence, identity };
      throw new SourceFailure(failure.reason, failure.message, { ...failure, evidence });
    }
  };
  try {
    return await attempt();
  } catch (error) {
    if (signal.aborted || !isRefusedToken(failureOfError(error))) throw error;
    return await attempt();
  }
}

function isRefusedToken({ evidence: { status } }: SourceFailure): boolean {
  return status === 401;
}

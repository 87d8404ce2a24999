import type { Pipeline, TlsSettings } from '@azure/core-rest-pipeline';
import type { AzureCalls } from '../azure-calls.ts';
import type { Clock } from '../clock.ts';
import { type Allowance, heedAllowance, type Rest } from './allowance.ts';
import { countCalls } from './counted-calls.ts';
import type { Gate } from './gate.ts';
import { pageOnce } from './paging.ts';
import { abortAllPages, failOnRefusal, failOnWait, holdBack, onlyTo, retryTransient } from './pipeline-policies.ts';
import type { SharedCredential } from './shared-credential.ts';
import type { TokenTurns } from './token-turns.ts';

/** What every reading of Azure needs. */
export interface Azure {
  /** Scheme, host and port: nothing is sent elsewhere. */
  endpoint: string;
  scope: string;
  credential: SharedCredential;
  turns: TokenTurns;
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
  /** Where several readings have one quota. */
  quota?: Quota;
}

/** A quota that several readings share. */
export interface Quota {
  rest: Rest;
  gate: Gate;
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
  const { target, signal, allowance, remaining, quota } = options;
  // The phases in the order of their passing. Those of Serialize see a page once, after a claims challenge was met.
  pipeline.addPolicy(pageOnce(), { phase: 'Serialize' });
  pipeline.addPolicy(failOnRefusal(), { phase: 'Serialize' });
  const tell = { tell: remaining, ...(quota && { rest: quota.rest }) };
  pipeline.addPolicy(heedAllowance(allowance, { signal, clock, ...tell }), {
    phase: 'Serialize',
    afterPolicies: ['failOnRefusal'],
  });
  if (quota) pipeline.addPolicy(holdBack(quota.gate), { phase: 'Serialize', afterPolicies: ['heedAllowance'] });
  pipeline.addPolicy(abortAllPages(signal), { phase: 'Serialize' });
  pipeline.addPolicy(retryTransient(), { phase: 'Retry' });
  pipeline.addPolicy(failOnWait(), { afterPhase: 'Sign' });
  pipeline.addPolicy(onlyTo(endpoint), { afterPhase: 'Sign', afterPolicies: ['failOnWait'] });
  pipeline.addPolicy(countCalls(calls, target), { afterPhase: 'Sign', afterPolicies: ['onlyTo'] });
}

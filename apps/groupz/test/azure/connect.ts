import { type AzureSettings, connectAzure } from '../../src/azure/azure.ts';
import type { AzureCalls } from '../../src/azure-calls.ts';
import { type Clock, systemClock } from '../../src/clock.ts';

/** What was told of calls to Azure, in its order. */
export interface RecordedCalls extends AzureCalls {
  outcomes: [target: string, outcome: string][];
  reads: [target: string, subscriptionId: string, reads: number][];
  tokens: [acquiredAt: number, expiresAt: number][];
}

/** An observer that keeps everything. */
export function recordCalls(): RecordedCalls {
  const [outcomes, reads, tokens]: [RecordedCalls['outcomes'], RecordedCalls['reads'], RecordedCalls['tokens']] = [
    [],
    [],
    [],
  ];
  return {
    outcomes,
    reads,
    tokens,
    call: (...each) => void outcomes.push(each),
    remaining: (...each) => void reads.push(each),
    token: (...each) => void tokens.push(each),
  };
}

interface ConnectOptions {
  changes?: Partial<AzureSettings>;
  clock?: Clock;
}

/** Connects to an Azure in a box, and records the calls. */
export function connect(
  { settings, tlsOptions }: { settings: AzureSettings; tlsOptions: { ca: string } },
  { changes = {}, clock = systemClock }: ConnectOptions = {},
) {
  const calls = recordCalls();
  return { ...connectAzure({ ...settings, ...changes }, { calls, clock, tlsOptions }), calls };
}

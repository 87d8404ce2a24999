import { Counter, Gauge, type Registry } from 'prom-client';
import type { AzureCalls } from '../azure-calls.ts';
import type { Clock } from '../clock.ts';

/** Counts calls to Azure, and shows how many more it permits and how old the access token is. */
export function measureAzureCalls(registry: Registry, clock: Clock): AzureCalls {
  const registers = [registry];
  let latest: { acquiredAt: number; expiresAt: number } | undefined;
  const calls = new Counter({
    name: 'groupz_azure_calls_total',
    help: 'Requests to Azure by target and outcome: the status, or failed without one.',
    labelNames: ['target', 'outcome'],
    registers,
  });
  const remaining = new Gauge({
    name: 'groupz_azure_reads_remaining',
    help: 'Reads that Azure permits before it throttles, as of its latest answer; Resource Graph has no subscription.',
    labelNames: ['target', 'subscription'],
    registers,
  });
  new Gauge({
    name: 'groupz_access_token_age_seconds',
    help: 'Age of the latest access token; absent before the first.',
    registers,
    collect() {
      if (latest) this.set((clock.date().getTime() - latest.acquiredAt) / 1000);
      else this.remove(); // without labels a gauge begins as 0
    },
  });
  new Gauge({
    name: 'groupz_access_token_remaining_seconds',
    help: 'Time until the latest access token expires, below zero when it has; absent before the first.',
    registers,
    collect() {
      if (latest) this.set((latest.expiresAt - clock.date().getTime()) / 1000);
      else this.remove();
    },
  });
  return {
    call: (target, outcome) => calls.labels(target, outcome).inc(),
    remaining: (target, subscription, reads) => remaining.labels(target, subscription).set(reads),
    token(acquiredAt, expiresAt) {
      latest = { acquiredAt, expiresAt };
    },
  };
}

import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Pass } from '../refresher.ts';

/** Counts and times passes, and shows how many groups there are and how old the knowledge of them is. */
export function measurePasses(registry: Registry, clock: Clock): (pass: Pass) => void {
  const registers = [registry];
  const asOf = new Map<string, number>();
  const passes = new Counter({
    name: 'groupz_refresh_total',
    help: 'Passes over a subscription by outcome: ok, or the reason of the failure.',
    labelNames: ['subscription', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'groupz_refresh_duration_seconds',
    help: 'Time of a pass over all pages of a subscription.',
    labelNames: ['outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const count = new Gauge({
    name: 'groupz_resource_groups',
    help: 'Resource groups in the last good snapshot.',
    labelNames: ['subscription'],
    registers,
  });
  new Gauge({
    name: 'groupz_snapshot_age_seconds',
    help: 'Age of the last good snapshot; absent before the first.',
    labelNames: ['subscription'],
    registers,
    collect() {
      for (const [subscription, moment] of asOf) this.labels(subscription).set((clock.now() - moment) / 1000);
    },
  });
  return ({ subscriptionId, seconds, groups, failure }) => {
    const outcome = failure?.reason ?? 'ok';
    passes.labels(subscriptionId, outcome).inc();
    duration.labels(outcome).observe(seconds);
    if (groups === undefined) return;
    count.labels(subscriptionId).set(groups);
    asOf.set(subscriptionId, clock.now() - seconds * 1000);
  };
}

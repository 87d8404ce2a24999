import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { InventoryObserver } from '../inventory-observer.ts';

/** Counts and times readings, and shows how many groups there are and how old the knowledge of them is. */
export function measureReadings(registry: Registry, clock: Clock): InventoryObserver {
  const registers = [registry];
  const asOf = new Map<string, number>();
  const outcomes = new Set<string>();
  const readings = new Counter({
    name: 'groupz_refresh_total',
    help: 'Readings of a subscription by outcome: ok, or the reason of the failure.',
    labelNames: ['subscription', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'groupz_refresh_duration_seconds',
    help: 'Time of a reading of a subscription over all its pages.',
    labelNames: ['outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const discoveries = new Counter({
    name: 'groupz_discovery_total',
    help: 'Looks at which subscriptions there are, by outcome: ok, or the reason of the failure.',
    labelNames: ['outcome'],
    registers,
  });
  const count = new Gauge({
    name: 'groupz_resource_groups',
    help: 'Resource groups in the last good reading.',
    labelNames: ['subscription'],
    registers,
  });
  const changes = new Counter({
    name: 'groupz_changes_total',
    help: 'Changes that were seen between two readings, by type.',
    labelNames: ['type'],
    registers,
  });
  new Gauge({
    name: 'groupz_snapshot_age_seconds',
    help: 'Age of the last good reading; absent before the first.',
    labelNames: ['subscription'],
    registers,
    collect() {
      this.reset();
      for (const [subscription, moment] of asOf) this.labels(subscription).set((clock.now() - moment) / 1000);
    },
  });
  return {
    subscriptionRead({ subscriptionId, asOf: moment, seconds, groups, failure }) {
      const outcome = failure?.reason ?? 'ok';
      outcomes.add(outcome);
      readings.labels(subscriptionId, outcome).inc();
      duration.labels(outcome).observe(seconds);
      if (groups === undefined) return;
      count.labels(subscriptionId).set(groups);
      asOf.set(subscriptionId, moment);
    },
    discovered({ failure }) {
      discoveries.labels(failure?.reason ?? 'ok').inc();
    },
    subscriptionGone(subscriptionId) {
      asOf.delete(subscriptionId);
      for (const outcome of outcomes) readings.remove(subscriptionId, outcome);
      count.remove(subscriptionId);
    },
    groupsChanged(seen, first) {
      if (!first) for (const { type } of seen) changes.labels(type).inc();
    },
  };
}

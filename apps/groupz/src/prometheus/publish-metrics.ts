import { Counter, type Registry } from 'prom-client';
import type { PublishObserver } from '../change-publisher.ts';

/** Counts what became of the changes that were to be published. */
export function countPublished(registry: Registry): PublishObserver {
  const published = new Counter({
    name: 'groupz_changes_published_total',
    help: 'Changes for Redis by outcome: published, a duplicate of what another replica had published, or dropped.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  return (outcome, changes) => published.labels(outcome).inc(changes);
}

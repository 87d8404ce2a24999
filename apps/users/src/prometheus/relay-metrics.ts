import { Counter, Gauge, type Registry } from 'prom-client';
import type { RelayObserver } from '../change-relay.ts';

/** Measures how changes of users are told; `now` is in milliseconds since 1970. */
export function measureRelay(registry: Registry, now = Date.now): RelayObserver {
  const registers = [registry];
  const told = new Counter({ name: 'users_changes_told_total', help: 'Changes that Redis has taken.', registers });
  const failed = new Counter({
    name: 'users_changes_failed_total',
    help: 'Attempts to tell changes that failed, and are repeated.',
    registers,
  });
  let waitingSince: number | undefined;
  new Gauge({
    name: 'users_changes_oldest_seconds',
    help: 'How long the oldest change has been waiting that this process knows of and could not tell yet; 0: none.',
    registers,
    collect() {
      this.set(waitingSince === undefined ? 0 : Math.max(0, now() - waitingSince) / 1000);
    },
  });
  return {
    told: (changes) => told.inc(changes),
    failed: () => failed.inc(),
    waiting(since) {
      waitingSince = since === undefined ? undefined : Date.parse(since);
    },
  };
}

import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Observer } from './hub.ts';

interface Levels {
  connections(): number;
  channels(): number;
  slow(): number;
  keptBytes(): number;
  /** Clients by how they are spoken to. */
  faces(): Map<string, number>;
}

/** The counters of the service, and gauges that read `levels` whenever somebody scrapes. */
export function realtimeMetrics(registry: Registry) {
  const registers = [registry];
  const counter = (name: string, help: string) => new Counter({ name: `realtime_${name}`, help, registers });
  const labelled = (name: string, label: string, help: string) =>
    new Counter({ name: `realtime_${name}`, help, labelNames: [label], registers });
  const gaps = labelled('gaps_total', 'reason', 'Clients that were told of missing messages, by reason.');
  const flushes = new Histogram({
    name: 'realtime_flush_seconds',
    help: 'How long it took to hand what was new to all who listen.',
    buckets: [0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers,
  });
  const messages = counter('messages_received_total', 'Messages from Redis.');
  const deliveries = counter('deliveries_total', 'Messages handed to clients.');
  const writes = counter('writes_total', 'Writes to sockets that messages were handed over with.');
  const fills = counter('filled_messages_total', 'Messages that were read from a stream because they had not come.');
  const observer: Observer = {
    message: () => messages.inc(),
    flush(flush) {
      deliveries.inc(flush.deliveries);
      writes.inc(flush.writes);
      flushes.observe(flush.milliseconds / 1000);
    },
    gap: (reason) => gaps.inc({ reason }),
    fill: (count) => fills.inc(count),
  };
  return {
    observer,
    slowCloses: counter('slow_closes_total', 'Clients closed as too slow.'),
    closes: labelled('closes_total', 'code', 'Clients that the service said goodbye to, by close code.'),
    refusals: labelled('refusals_total', 'reason', 'Clients that were not let in, as there were too many.'),
    authFailures: labelled('auth_failures_total', 'credential', 'Tokens and tickets that were not accepted.'),
  };
}

/** Gauges that read `levels` whenever somebody scrapes. */
export function realtimeLevels(registry: Registry, levels: Levels): void {
  const gauge = (name: string, help: string, level: () => number) =>
    new Gauge({
      name: `realtime_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(level());
      },
    });
  gauge('connections', 'Clients, those in the handshake included.', levels.connections);
  new Gauge({
    name: 'realtime_clients',
    help: 'Clients by how they are spoken to.',
    labelNames: ['face'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [face, count] of levels.faces()) this.set({ face }, count);
    },
  });
  gauge('channels', 'Channels that are subscribed.', levels.channels);
  gauge('slow_clients', 'Clients with more waiting than they can read.', levels.slow);
  gauge('kept_bytes', 'Memory that recent messages take.', levels.keptBytes);
}

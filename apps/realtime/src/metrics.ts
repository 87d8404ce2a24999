import { Counter, Gauge, type Registry } from 'prom-client';

interface Levels {
  connections(): number;
  channels(): number;
}

/** The counters of the service, and gauges that read `levels` whenever somebody scrapes. */
export function realtimeMetrics(registry: Registry, levels: Levels) {
  const registers = [registry];
  const gauge = (name: string, help: string, level: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(level());
      },
    });
  gauge('realtime_connections', 'WebSocket clients, those in the handshake included.', levels.connections);
  gauge('realtime_channels', 'Channels that have a client here.', levels.channels);
  return {
    messages: new Counter({ name: 'realtime_messages_received_total', help: 'Messages from Redis.', registers }),
    deliveries: new Counter({ name: 'realtime_deliveries_total', help: 'Messages handed to clients.', registers }),
    slowCloses: new Counter({ name: 'realtime_slow_closes_total', help: 'Clients closed as too slow.', registers }),
  };
}

import type { Log } from '@seaworthy/chassis/log';
import type { Routes } from '@seaworthy/chassis/route';
import type { Registry } from 'prom-client';
import type { Broker } from './broker.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Settings } from './config.ts';
import { page } from './http/page.ts';
import { Hub } from './hub.ts';
import { realtimeMetrics } from './metrics.ts';
import { Clients } from './ws/clients.ts';
import { openChannel } from './ws/open-channel.ts';
import { watchUpgrades } from './ws/upgrades.ts';

interface Parts {
  broker: Broker;
  settings: Pick<Settings, 'ALLOWED_ORIGINS' | 'MAX_CONNECTIONS' | 'SEND_BUDGET_BYTES'>;
  log: Log;
  registry: Registry;
  clock?: Clock;
}

/** The table of contents: what each path does, and how what is published gets to the clients. */
export function app({ broker, settings, log, registry, clock = systemClock }: Parts): Routes {
  return (server) => {
    const hub = new Hub(broker);
    const { SEND_BUDGET_BYTES: sendBudgetBytes, MAX_CONNECTIONS: limit, ALLOWED_ORIGINS: allowedOrigins } = settings;
    const world = { hub, clock, log, sendBudgetBytes, onSlow: () => metrics.slowCloses.inc() };
    const clients = new Clients({ limit, clock, world });
    const metrics = realtimeMetrics(registry, { connections: () => clients.count, channels: () => hub.channels });

    server.get('/', page.html);
    server.get('/page.js', page.script);
    server.get('/page.css', page.style);
    server.get('/ws', openChannel({ clients, clock, allowedOrigins, upgradeOf: watchUpgrades(server) }));

    broker.receive((channel, payload) => {
      metrics.messages.inc();
      metrics.deliveries.inc(hub.deliver(channel, payload));
    });
    server.addHook('preClose', () => clients.close());
  };
}

import { randomBytes } from 'node:crypto';
import type { Log } from '@seaworthy/chassis/log';
import type { Routes } from '@seaworthy/chassis/route';
import type { Registry } from 'prom-client';
import type { Broker } from './broker.ts';
import { channelPattern } from './channel-pattern.ts';
import { type Clock, systemClock } from './clock.ts';
import { type AppSettings, limitsOf } from './config.ts';
import { page } from './http/page.ts';
import { takePayloads } from './http/payload.ts';
import { publishMessage } from './http/publish-message.ts';
import { streamEvents } from './http/stream-events.ts';
import { Hub } from './hub.ts';
import { realtimeLevels, realtimeMetrics } from './metrics.ts';
import { Clients } from './ws/clients.ts';
import { openChannel } from './ws/open-channel.ts';
import { plainProtocol } from './ws/plain-protocol.ts';
import { watchUpgrades } from './ws/upgrades.ts';
import { v1Protocol } from './ws/v1-protocol.ts';

interface Parts {
  broker: Broker;
  settings: AppSettings;
  log: Log;
  registry: Registry;
  clock?: Clock;
}

/** The table of contents: what each path does, and how what is published gets to the clients. */
export function app({ broker, settings, log, registry, clock = systemClock }: Parts): Routes {
  return (server) => {
    const { observer, slowCloses } = realtimeMetrics(registry);
    const hub = new Hub({
      broker,
      clock,
      observer,
      epoch: randomBytes(6).toString('base64url'),
      limits: limitsOf(settings),
      isDurable: channelPattern(settings.DURABLE_CHANNELS),
    });
    const world = { hub, clock, log, onSlow: () => slowCloses.inc() };
    const clients = new Clients({ limit: settings.MAX_CONNECTIONS, clock, world });
    realtimeLevels(registry, {
      connections: () => clients.count,
      channels: () => hub.channels,
      slow: () => hub.slow,
      keptBytes: () => hub.keptBytes,
    });

    server.get('/', page.html);
    server.get('/page.js', page.script);
    server.get('/page.css', page.style);
    const { ALLOWED_ORIGINS: allowedOrigins } = settings;
    const upgradeOf = watchUpgrades(server);
    const protocols = { plain: plainProtocol(log), v1: v1Protocol(log) };
    server.get('/ws', openChannel({ clients, clock, allowedOrigins, upgradeOf, ...protocols }));

    server.get('/events', streamEvents({ clients, clock, allowedOrigins }));
    server.register(async (scope) => {
      takePayloads(scope);
      const publish = (channel: string, payload: Buffer, key?: string) =>
        broker.publish(hub.channel(channel), payload, key);
      scope.post('/channels/:name/messages', publishMessage({ publish, clock, allowedOrigins }));
    });

    server.addHook('preClose', async () => {
      await clients.close();
      hub.close();
    });
  };
}

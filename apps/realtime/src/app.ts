import { randomBytes } from 'node:crypto';
import type { Authenticate } from '@seaworthy/chassis/auth';
import type { Log } from '@seaworthy/chassis/log';
import type { Routes } from '@seaworthy/chassis/route';
import { realtimeCloseCodes } from '@seaworthy/contracts/realtime';
import type { Registry } from 'prom-client';
import { Authority } from './authority.ts';
import type { Broker } from './broker.ts';
import { channelPattern } from './channel-pattern.ts';
import { type Clock, systemClock } from './clock.ts';
import { type AppSettings, crowdLimitsOf, limitsOf, ticketKeyOf } from './config.ts';
import { entrance } from './entrance.ts';
import { issueTicket } from './http/issue-ticket.ts';
import { page } from './http/page.ts';
import { takePayloads } from './http/payload.ts';
import { publishMessage } from './http/publish-message.ts';
import { streamEvents } from './http/stream-events.ts';
import { Hub } from './hub.ts';
import { realtimeLevels, realtimeMetrics } from './metrics.ts';
import { publisher } from './publisher.ts';
import { Tickets } from './tickets.ts';
import { Clients } from './ws/clients.ts';
import { openChannel } from './ws/open-channel.ts';
import { plainProtocol } from './ws/plain-protocol.ts';
import { watchUpgrades } from './ws/upgrades.ts';
import { v1Protocol } from './ws/v1-protocol.ts';

interface Parts {
  broker: Broker;
  authenticate: Authenticate;
  settings: AppSettings;
  log: Log;
  registry: Registry;
  clock?: Clock;
  /** The time in milliseconds since 1970. */
  now?: () => number;
}

/** The table of contents: what each path does, and how what is published gets to the clients. */
export function app(parts: Parts): Routes {
  return (server) => {
    const { settings, log, clock = systemClock } = parts;
    const { ALLOWED_ORIGINS: allowedOrigins } = settings;
    const { hub, publish, clients, tickets, enter } = compose(parts);

    server.get('/', page.html);
    server.get('/page.js', page.script);
    server.get('/page.css', page.style);
    const upgradeOf = watchUpgrades(server);
    const protocols = { plain: plainProtocol(log), v1: v1Protocol({ log, publish }) };
    server.get('/ws', openChannel({ clients, enter, clock, upgradeOf, ...protocols }));
    server.get('/events', streamEvents({ clients, enter, clock }));
    server.post('/tickets', issueTicket({ tickets, allowedOrigins }));
    server.register(async (scope) => {
      takePayloads(scope);
      scope.post('/channels/:name/messages', publishMessage({ publish, allowedOrigins }));
    });

    server.addHook('preClose', async () => {
      await clients.close();
      hub.close();
    });
  };
}

/** What stands behind the paths: who listens to what, who is there, and who may. */
function compose({ broker, authenticate, settings, log, registry, clock = systemClock, now = Date.now }: Parts) {
  const { observer, closes, slowCloses, refusals, authFailures } = realtimeMetrics(registry);
  const hub = new Hub({
    broker,
    clock,
    observer,
    epoch: randomBytes(6).toString('base64url'),
    limits: limitsOf(settings),
    isDurable: channelPattern(settings.DURABLE_CHANNELS),
  });
  const publish = publisher({
    clock,
    send: (channel, payload, key) => broker.publish(hub.channel(channel), payload, key),
  });
  const tickets = new Tickets({ key: ticketKeyOf(settings), now });
  const authority = new Authority({
    authenticate,
    tickets,
    now,
    onFailure: (credential) => authFailures.inc({ credential }),
  });
  const onClose = (code: number) => {
    closes.inc({ code });
    if (code === realtimeCloseCodes.slow) slowCloses.inc();
  };
  const verify = (token: string) => authority.verify(token);
  const clients = new Clients({
    ...crowdLimitsOf(settings),
    clock,
    world: { hub, clock, now, verify, log, onClose },
    onRefused: (reason) => refusals.inc({ reason }),
  });
  realtimeLevels(registry, {
    connections: () => clients.count,
    faces: () => clients.faces(),
    channels: () => hub.channels,
    slow: () => hub.slow,
    keptBytes: () => hub.keptBytes,
  });
  const enter = entrance({ crowd: clients, authority, allowedOrigins: settings.ALLOWED_ORIGINS });
  return { hub, publish, clients, tickets, enter };
}

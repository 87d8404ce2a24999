import type { AddressInfo } from 'node:net';
import { type Authenticate, anybody } from '@seaworthy/chassis/auth';
import { createLog } from '@seaworthy/chassis/log';
import { createServer } from '@seaworthy/chassis/server';
import { openRealtime, type RealtimeClient } from '@seaworthy/clients/realtime-client';
import { Registry } from 'prom-client';
import { Value } from 'typebox/value';
import { expect, onTestFinished } from 'vitest';
import { app } from '../src/app.ts';
import type { Broker } from '../src/broker.ts';
import { type AppSettings, Settings } from '../src/config.ts';
import { type MemoryBroker, memoryBroker } from '../src/memory/memory-broker.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

interface Options {
  settings?: Partial<AppSettings>;
  authenticate?: Authenticate;
  /** Replaces the broker in memory. */
  broker?: Broker;
  /** How many proxies are trusted to say where a client is. */
  proxies?: number;
}

/** The service on a port of its own, with a broker in memory and a clock that stands still; ends with the test. */
export interface Service {
  url: string;
  broker: MemoryBroker;
  clock: ManualClock;
  /** Everything that was logged, a line each. */
  log: string[];
  open(...channels: string[]): Promise<RealtimeClient>;
  metric(name: string): Promise<number | undefined>;
  /** How many were not let in for this reason. */
  refused(reason: string): Promise<number | undefined>;
  /** Resolves when nobody is connected and no channel is subscribed any more. */
  emptied(): Promise<void>;
  close(): Promise<void>;
}

export async function startService({
  settings,
  authenticate = async () => anybody,
  broker,
  proxies = 0,
}: Options = {}): Promise<Service> {
  const registry = new Registry();
  const now = () => Date.UTC(2030, 0) + clock.now();
  const [memory, clock, lines]: [MemoryBroker, ManualClock, string[]] = [memoryBroker(), manualClock(), []];
  const log = createLog({ name: 'test', level: 'debug', destination: { write: (line) => void lines.push(line) } });
  const limits = { ...(Value.Default(Settings, {}) as Settings), MAX_CONNECTIONS: 100, ...settings };
  const server = await createServer({
    name: 'realtime',
    version: '0.0.0',
    description: '',
    log,
    routes: app({ broker: broker ?? memory, authenticate, settings: limits, log, registry, clock, now }),
    authenticate,
    edge: { TRUSTED_PROXY_HOPS: proxies },
    readiness: async () => ({ ready: true, checks: {} }),
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const closing = async () => {
    const closed = server.close();
    clock.pass(60_000); // whoever does not say goodbye is hung up on
    await closed;
  };
  onTestFinished(closing);
  const metric = async (name: string) => (await registry.getSingleMetric(name)?.get())?.values[0]?.value;
  return {
    url,
    broker: memory,
    clock,
    log: lines,
    open: (...channels) => openRealtime(url, { channels }),
    metric,
    async refused(reason) {
      const { values = [] } = (await registry.getSingleMetric('realtime_refusals_total')?.get()) ?? {};
      return values.find(({ labels }) => labels['reason'] === reason)?.value;
    },
    async emptied() {
      await expect.poll(() => metric('realtime_connections')).toBe(0);
      clock.pass(12_000);
      expect(await metric('realtime_channels')).toBe(0);
    },
    close: () => server.close(),
  };
}

/** Makes a broker wait with its confirmations: `asked` says that somebody subscribed, `confirm` lets all of them in. */
export function holdBack(broker: Broker): { asked: Promise<void>; confirm: () => void } {
  const [asked, confirmed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  broker.subscribe = () => {
    asked.resolve();
    return confirmed.promise;
  };
  return { asked: asked.promise, confirm: confirmed.resolve };
}

/** What a client sees when the server refuses its frame: the code of the error. */
export async function refusalOf(client: RealtimeClient, frame: string | Uint8Array<ArrayBuffer>): Promise<string> {
  client.send(frame);
  return (JSON.parse(String(await client.next())) as { code: string }).code;
}

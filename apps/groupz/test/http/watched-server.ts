import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anybody } from '@seaworthy/chassis/auth';
import { createLog } from '@seaworthy/chassis/log';
import { createServer } from '@seaworthy/chassis/server';
import { onTestFinished } from 'vitest';
import { ChangeLog } from '../../src/change-log.ts';
import { watchChanges } from '../../src/http/watch-changes.ts';
import { manualClock } from '../manual-clock.ts';

const path = '/v1/resource-groups/changes';

interface Wish {
  query?: string;
  headers?: Record<string, string>;
}

/** What a client has received so far. */
export interface Received {
  request: ClientRequest;
  response: IncomingMessage;
  text(): string;
  /** Resolves as soon as the text contains that. */
  contains(part: string): Promise<void>;
  /** Resolves when the response has ended, with whether it was complete. */
  ended: Promise<boolean>;
}

/** The route on a real socket, a log of changes and a clock that stands still. */
export async function watchedServer({ capacity = 10_000, mostWatchers = 1000 } = {}) {
  const [changes, clock, lines] = [new ChangeLog({ capacity }), manualClock(), [] as string[]];
  const server = await createServer({
    name: 'groupz',
    version: '1.2.3',
    description: 'Lists groups.',
    log: createLog({ name: 'groupz', level: 'info', destination: { write: (line) => void lines.push(line) } }),
    routes: (scope) => {
      scope.addHook('preClose', async () => changes.close());
      scope.get(path, watchChanges(changes, { clock, mostWatchers }));
    },
    authenticate: async () => anybody,
    readiness: async () => ({ ready: true, checks: {} }),
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    server.server.closeAllConnections();
    await server.close();
  });
  const { port } = server.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}${path}`;
  return {
    changes,
    clock,
    server,
    url,
    lines,
    poll: ({ query = '', headers = {} }: Wish = {}) => fetch(`${url}${query}`, { headers }),
    watch: (wish?: Wish) => watch(url, wish),
  };
}

async function watch(url: string, { query = '', headers = {} }: Wish = {}): Promise<Received> {
  const request = get(`${url}${query}`, { agent: false, headers: { accept: 'text/event-stream', ...headers } });
  request.on('error', () => undefined);
  onTestFinished(() => void request.destroy());
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  const waiting = new Map<() => void, string>();
  response.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
    for (const [found, part] of waiting) if (text.includes(part)) found();
  });
  response.on('error', () => undefined);
  return {
    request,
    response,
    text: () => text,
    contains: (part) => new Promise((resolve) => (text.includes(part) ? resolve() : void waiting.set(resolve, part))),
    ended: new Promise((resolve) => response.once('close', () => resolve(response.complete))),
  };
}

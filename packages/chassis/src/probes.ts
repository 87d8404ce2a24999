import { Type } from 'typebox';
import type { Server } from './route.ts';

/** What the readiness probe reports: each part by name, `ok` or not. */
export interface Readiness {
  ready: boolean;
  checks: Record<string, 'ok' | 'failed' | 'draining'>;
}

const Status = Type.Object({
  status: Type.String(),
  checks: Type.Optional(Type.Record(Type.String(), Type.String())),
});

/**
 * The endpoints that Kubernetes and edges ask (GET and HEAD): `/livez` and `/healthz` answer while the process does,
 * `/readyz` asks the adapters. Liveness never depends on another system: restarting here would not mend it.
 */
export function probes(server: Server, readiness: () => Promise<Readiness>): void {
  const options = {
    schema: { hide: true, response: { 200: Status, 503: Status } },
    config: { open: true, probe: true },
  } as const;
  server.get('/livez', options, async () => ({ status: 'ok' }));
  server.get('/healthz', options, async () => ({ status: 'ok' }));
  server.get('/readyz', options, async (_request, reply) => {
    const { ready, checks } = await readiness();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'not ready', checks });
  });
}

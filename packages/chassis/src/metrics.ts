import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { PreparedAnswers } from './prepared-answers.ts';
import type { Server } from './route.ts';

/** A registry with the process's own metrics: event-loop lag, memory, CPU, and which build it is. */
export function processMetrics(name: string, version: string): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'build_info',
    help: 'Which build this is; always 1.',
    labelNames: ['service', 'version', 'node'],
    registers: [registry],
  })
    .labels(name, version, process.versions.node)
    .set(1);
  return registry;
}

/** Rate, errors and duration of requests by route template, and the `/metrics` endpoint in Prometheus' text format. */
export function metrics(server: Server, registry: Registry): void {
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its response.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  server.addHook('onResponse', (request, reply, done) => {
    // The template, never the URL: a label for each URL that somebody tries would grow without bound.
    const route = request.routeOptions.url ?? 'unmatched';
    duration.labels(request.method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1000);
    done();
  });
  server.get('/metrics', { schema: { hide: true }, config: { open: true, probe: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

/** Shows how many answers went out before the router. They are counted apart: a histogram would cost a tenth of each. */
export function preparedMetrics(registry: Registry, prepared: PreparedAnswers): void {
  new Counter({
    name: 'http_prepared_answers_total',
    help: 'Requests that were answered from memory before the router, by route and status; in no other metric.',
    labelNames: ['route', 'status'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [route, tally] of prepared.tallies) {
        for (const [status, count] of Object.entries(tally)) this.labels(route, status).inc(count);
      }
    },
  });
}

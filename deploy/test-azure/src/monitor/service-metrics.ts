import { metrics, preparedMetrics, processMetrics } from '@seaworthy/chassis/metrics';
// The routes of chassis are typed by what this adds to Fastify.
import type {} from '@seaworthy/chassis/openapi';
import { PreparedAnswers } from '@seaworthy/chassis/prepared-answers';
import type { Server } from '@seaworthy/chassis/route';
import { measureAzureCalls } from '@seaworthy/groupz/prometheus/azure-metrics';
import { countPublished } from '@seaworthy/groupz/prometheus/publish-metrics';
import { measureReadings } from '@seaworthy/groupz/prometheus/reading-metrics';
import { realtimeLevels, realtimeMetrics } from '@seaworthy/realtime/metrics';
import { measureRelay } from '@seaworthy/users/prometheus/relay-metrics';
import { Histogram, type Metric, type Registry } from 'prom-client';

/** The labels of each metric, by its name as it is scraped: histograms end in `_bucket`, `_sum` and `_count`. */
export type Metrics = ReadonlyMap<string, readonly string[]>;

// Nobody looks at the server, the clock and the levels before a request or a scrape.
const server = { addHook() {}, get() {} } as unknown as Server;
const clock = { now: () => 0, date: () => new Date(0), sleep: async () => {} };

/** What the services export: their own registries are asked. */
export function serviceMetrics(): Metrics {
  const registry = processMetrics('any', '0');
  metrics(server, registry);
  preparedMetrics(registry, new PreparedAnswers());
  measureAzureCalls(registry, clock);
  countPublished(registry);
  measureReadings(registry, clock);
  realtimeMetrics(registry);
  realtimeLevels(registry, {} as Parameters<typeof realtimeLevels>[1]);
  measureRelay(registry);
  return new Map(series(registry));
}

function series(registry: Registry): [string, readonly string[]][] {
  const all = registry.getMetricsAsArray() as unknown as (Metric & { name: string; labelNames: string[] })[];
  return all.flatMap((metric): [string, readonly string[]][] => {
    const { name, labelNames } = metric;
    if (!(metric instanceof Histogram)) return [[name, labelNames]];
    return [
      [`${name}_bucket`, [...labelNames, 'le']],
      [`${name}_sum`, labelNames],
      [`${name}_count`, labelNames],
    ];
  });
}

import { labelValues, platformMetrics } from './platform-metrics.ts';
import { readQuery, type Selector } from './promql.ts';
import { type Metrics, serviceMetrics } from './service-metrics.ts';

/** What every scraped series has besides its own labels; `job` is the name of the service, by the PodMonitor. */
const everywhere = ['job', 'namespace', 'pod', 'container', 'instance', 'cluster', 'endpoint'];
const services = ['groupz', 'realtime', 'users'];

/** Every metric that rules and dashboards may ask for: ours, the platform's, and what the rules record. */
export function knownMetrics(recorded: readonly string[]): Metrics {
  return new Map([...serviceMetrics(), ...platformMetrics, ...recorded.map((name) => [name, ['job']] as const)]);
}

/** What is wrong with an expression: a metric nobody exports, a label it does not have, a value it never takes. */
export function mistakesIn(expression: string, known: Metrics): string[] {
  try {
    const { selectors, groupings } = readQuery(expression);
    const labels = new Set([...everywhere, ...selectors.flatMap(({ metric }) => known.get(metric) ?? [])]);
    const strangers = groupings.filter((label) => !labels.has(label));
    return [
      ...selectors.flatMap((selector) => mistakesOf(selector, known)),
      ...strangers.map((label) => `groups by ${label}, which no metric in it has`),
    ];
  } catch (error) {
    return [(error as Error).message];
  }
}

function mistakesOf({ metric, matchers }: Selector, known: Metrics): string[] {
  const labels = known.get(metric);
  if (!labels) return [`asks for ${metric}, which nobody exports`];
  return matchers.flatMap(({ label, operator, value }) => {
    if (!labels.includes(label) && !everywhere.includes(label))
      return [`asks ${metric} for the label ${label}, which it has not`];
    const allowed = label === 'job' && operator.startsWith('=') ? services : labelValues[`${metric} ${label}`];
    if (!allowed || value.includes('$')) return [];
    const asked = operator.endsWith('~') ? value.split('|') : [value];
    return asked
      .filter((it) => !allowed.includes(it))
      .map((it) => `asks ${metric} for ${label} ${it}, which it never is`);
  });
}

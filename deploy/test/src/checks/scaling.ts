import { realtimeLevels, realtimeMetrics } from '@seaworthy/realtime/metrics';
import { Registry } from 'prom-client';
import { type Environment, find, inEachEnvironment, ofKind } from '../environments.ts';
import { type Finding, fault, type Rendered } from '../manifest.ts';

const rule = 'scaling';

/** What KEDA scales by is a metric that the service has, and its numbers fit the service's own limit. */
export const scaling = inEachEnvironment((environment) =>
  ofKind(environment, 'ScaledObject').flatMap((each) => ofScaler(environment, each)),
);

interface Trigger {
  type: string;
  metadata: { query?: string; threshold?: string; serverAddress?: string };
  authenticationRef?: { name: string };
}

function ofScaler(environment: Environment, each: Rendered): Finding[] {
  const { minReplicaCount = 0, maxReplicaCount = 100, fallback, triggers } = each.object.spec;
  const at = (field: string, why: string) => fault(each, `spec.${field}`, { rule, why });
  return [
    ...(minReplicaCount >= 2 && minReplicaCount < maxReplicaCount
      ? []
      : [at('minReplicaCount', `must be 2 or more, and less than ${maxReplicaCount}`)]),
    ...(fallback?.replicas >= minReplicaCount
      ? []
      : [at('fallback', 'must say how many there are without the metric')]),
    ...(triggers as Trigger[]).flatMap((trigger, index) => [
      ...query(trigger).map((why) => at(`triggers[${index}].metadata.query`, why)),
      ...threshold(environment, trigger).map((why) => at(`triggers[${index}].metadata.threshold`, why)),
      ...(trigger.metadata.serverAddress?.startsWith('https://')
        ? []
        : [at(`triggers[${index}].metadata.serverAddress`, 'must be an https address')]),
      ...(find(environment, 'TriggerAuthentication', trigger.authenticationRef?.name)
        ? []
        : [at(`triggers[${index}].authenticationRef`, 'names a TriggerAuthentication that is not there')]),
    ]),
  ];
}

function query({ metadata: { query: text = '' } }: Trigger): string[] {
  const registry = new Registry();
  realtimeMetrics(registry);
  // Only their names are asked for: no level is ever read.
  realtimeLevels(registry, {} as Parameters<typeof realtimeLevels>[1]);
  const names = registry.getMetricsAsArray().map(({ name }) => name);
  const [, name = ''] = /([a-z_]+)\{/.exec(text) ?? [];
  if (!names.includes(name)) return [`${name || text} is no metric of realtime`];
  return text.includes('namespace="seaworthy"') ? [] : ['must look at its own namespace alone'];
}

/** Connections per replica: so many that the ones that are left can take a lost replica's. */
function threshold(environment: Environment, { metadata }: Trigger): string[] {
  const settings = ofKind(environment, 'ConfigMap').find(({ object }) => object.data?.['MAX_CONNECTIONS']);
  const limit = Number(settings?.object.data?.['MAX_CONNECTIONS']);
  const value = Number(metadata.threshold);
  return value > 0 && value <= limit / 2 ? [] : [`must be at most half of MAX_CONNECTIONS (${limit})`];
}

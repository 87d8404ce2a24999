import { variablesOf } from '../container-environment.ts';
import { type Environment, inEachEnvironment, ofKind } from '../environments.ts';
import { type Finding, fault } from '../manifest.ts';
import { programs } from '../services.ts';
import { type Container, type Workload, workloadsIn } from '../workload.ts';

const rule = 'numbers';

/** Numbers that have to fit each other, or what code does with them. */
export const numbers = inEachEnvironment((environment) => [
  ...workloadsIn(environment.objects).flatMap((workload) => [
    ...(workload.isLongRunning ? ending(environment, workload) : []),
    ...workload.containers.flatMap((each) => [...listening(environment, workload, each), ...probing(workload, each)]),
  ]),
  ...ofKind(environment, 'HorizontalPodAutoscaler').flatMap((each) => {
    const { minReplicas = 1, maxReplicas } = each.object.spec;
    return between(minReplicas, 2, maxReplicas - 1)
      ? []
      : [fault(each, 'spec.minReplicas', { rule, why: `must be 2 or more, and less than ${maxReplicas}` })];
  }),
  ...ofKind(environment, 'PodDisruptionBudget').flatMap((each) =>
    each.object.spec.maxUnavailable === 1 && each.object.spec.minAvailable === undefined
      ? []
      : [fault(each, 'spec.maxUnavailable', { rule, why: 'must be 1: less blocks every drain, more is an outage' })],
  ),
]);

function between(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

/** A pod that is told to end gets the time that its program takes for it. */
function ending(environment: Environment, workload: Workload): Finding[] {
  const { rendered, field, pod, containers, object } = workload;
  const program = programs[object.metadata.name];
  return containers.flatMap((container) => {
    const sleep = container.it.lifecycle?.preStop?.sleep?.seconds ?? 0;
    const needed = program
      ? sleep +
        setting(environment, workload, { container, name: 'SHUTDOWN_DELAY_SECONDS' }) +
        setting(environment, workload, { container, name: 'DRAIN_SECONDS' })
      : sleep;
    const given = pod.terminationGracePeriodSeconds ?? 30;
    const why = `must be more than the ${needed} seconds of preStop, SHUTDOWN_DELAY_SECONDS and DRAIN_SECONDS, and 300 at most`;
    return given > needed && given <= 300
      ? []
      : [fault(rendered, `${field}.terminationGracePeriodSeconds`, { rule, why })];
  });
}

function listening(environment: Environment, workload: Workload, container: Container): Finding[] {
  if (!programs[workload.object.metadata.name] || !container.it.ports) return [];
  const port = setting(environment, workload, { container, name: 'PORT' });
  const ports = container.it.ports as { containerPort: number }[];
  if (ports.some(({ containerPort }) => containerPort === port)) return [];
  return [
    fault(workload.rendered, `${container.field}.ports`, { rule, why: `must contain ${port}, where it listens` }),
  ];
}

function setting(
  environment: Environment,
  workload: Workload,
  { container, name }: { container: Container; name: string },
): number {
  const found = variablesOf(environment, workload, container).findLast((variable) => variable.name === name);
  const property = programs[workload.object.metadata.name]?.settings.properties[name] as { default?: number };
  return Number(found?.value ?? property?.default);
}

/** Long enough to come up, soon enough to be noticed, and never a restart for one slow answer. */
function probing({ rendered }: Workload, { field, it }: Container): Finding[] {
  const at = (name: string, why: string) => fault(rendered, `${field}.${name}`, { rule, why });
  const { startupProbe, readinessProbe, livenessProbe } = it;
  const seconds = (probe: { periodSeconds?: number; failureThreshold?: number } = {}) =>
    (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3);
  const timeouts = [startupProbe, readinessProbe, livenessProbe].filter(Boolean);
  return [
    ...(startupProbe && !between(seconds(startupProbe), 60, 600)
      ? [at('startupProbe', 'must give one to ten minutes')]
      : []),
    ...(readinessProbe && !between(seconds(readinessProbe), 5, 30)
      ? [at('readinessProbe', 'must notice within 5 to 30 s')]
      : []),
    ...(livenessProbe && !between(seconds(livenessProbe), 20, 120)
      ? [at('livenessProbe', 'must take 20 to 120 s to restart')]
      : []),
    ...timeouts.flatMap(({ timeoutSeconds = 1, periodSeconds = 10 }) =>
      between(timeoutSeconds, 1, periodSeconds) ? [] : [at('timeoutSeconds', 'must be within the period')],
    ),
  ];
}

import { type Check, type Finding, fault } from '../manifest.ts';
import { quantity } from '../quantity.ts';
import { type Container, type Workload, workloadsIn } from '../workload.ts';

const rule = 'safeguards';
const floors = { cpu: '100m', memory: '100Mi' } as const;

/**
 * AKS Deployment Safeguards (c047ea8e-9c78-49b2-958b-37e56d291a44) at level Enforce: what they would refuse, and what
 * they would change, which Flux would change back for ever.
 */
export const safeguards: Check = (rendered) =>
  workloadsIn(rendered).flatMap((workload) => [
    ...workload.containers.flatMap((each) => [...resources(workload, each), ...images(workload, each)]),
    ...(workload.isLongRunning ? longRunning(workload) : []),
    ...ofPod(workload),
  ]);

function resources({ rendered }: Workload, { field, it }: Container): Finding[] {
  return Object.entries(floors).flatMap(([name, floor]) => {
    const [request, limit] = [it.resources?.requests?.[name], it.resources?.limits?.[name]];
    const at = (part: string, why: string) => fault(rendered, `${field}.resources.${part}.${name}`, { rule, why });
    if (!(quantity(request) >= quantity(floor))) return [at('requests', `must be ${floor} or more, or it is raised`)];
    if (!(quantity(limit) >= quantity(request))) return [at('limits', 'must be set, and no less than the request')];
    return [];
  });
}

function images({ rendered }: Workload, { field, it }: Container): Finding[] {
  const [, tag] = /:([^/@]+)(?:@|$)/.exec(String(it.image).replace(/@.*/, '')) ?? [];
  const isFixed = String(it.image).includes('@') || (tag !== undefined && tag !== 'latest');
  return isFixed ? [] : [fault(rendered, `${field}.image`, { rule, why: 'must name a version, and not latest' })];
}

function longRunning({ rendered, field, pod, containers }: Workload): Finding[] {
  const lasting = containers.filter(({ isInit }) => !isInit);
  const probes = lasting.flatMap(({ field: place, it }) =>
    (['readinessProbe', 'livenessProbe'] as const)
      .filter((name) => !it[name])
      .map((name) => fault(rendered, `${place}.${name}`, { rule, why: 'must be set' })),
  );
  const hooks = lasting
    .filter(({ it }) => !it.lifecycle?.preStop)
    .map(({ field: place }) => fault(rendered, `${place}.lifecycle.preStop`, { rule, why: 'must be set' }));
  const isSpread = pod.topologySpreadConstraints?.length || pod.affinity?.podAntiAffinity;
  const spread = { rule, why: 'must be set, or they are added' };
  return [...probes, ...hooks, ...(isSpread ? [] : [fault(rendered, `${field}.topologySpreadConstraints`, spread)])];
}

function ofPod({ rendered, object, field, pod }: Workload): Finding[] {
  const namespace = object.metadata.namespace ?? 'default';
  return [
    ...(pod.automountServiceAccountToken === false
      ? []
      : [fault(rendered, `${field}.automountServiceAccountToken`, { rule, why: 'must be false' })]),
    ...(namespace === 'default' ? [fault(rendered, 'metadata.namespace', { rule, why: 'must not be default' })] : []),
    ...(object.kind === 'Pod'
      ? [fault(rendered, 'kind', { rule, why: 'a pod that nobody makes anew is not allowed' })]
      : []),
  ];
}

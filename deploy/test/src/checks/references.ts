import { type Environment, find, inEachEnvironment, ofKind } from '../environments.ts';
import { type Finding, fault } from '../manifest.ts';
import { selects } from '../selector.ts';
import { type Workload, workloadsIn } from '../workload.ts';

const rule = 'references';

/** What an object names is there: service accounts, settings, volumes, priorities, workloads behind selectors and scalers. */
export const references = inEachEnvironment((environment) => {
  const workloads = workloadsIn(environment.objects);
  return [
    ...workloads.flatMap((workload) => fromWorkload(environment, workload)),
    ...selectors(environment, workloads),
    ...scalers(environment),
    ...namespaces(environment),
  ];
});

function fromWorkload(environment: Environment, { rendered, object, field, pod, containers }: Workload): Finding[] {
  const missing = (kind: string, name: string | undefined, at: string) =>
    name !== undefined && !find(environment, kind, name)
      ? [fault(rendered, at, { rule, why: `names the ${kind} ${name}, which is not there` })]
      : [];
  const account = pod.serviceAccountName;
  const volumes = (pod.volumes ?? []) as Record<string, { name: string; volumeAttributes?: Record<string, string> }>[];
  const claimed = (object.spec.volumeClaimTemplates ?? []) as { metadata: { name: string } }[];
  const mounted = new Set<unknown>([...volumes, ...claimed.map(({ metadata }) => metadata)].map(({ name }) => name));
  return [
    ...(account ? missing('ServiceAccount', account, `${field}.serviceAccountName`) : [noAccount({ rendered, field })]),
    ...missing('PriorityClass', pod.priorityClassName, `${field}.priorityClassName`),
    ...volumes.flatMap(({ configMap, csi }, index) => [
      ...missing('ConfigMap', configMap?.name, `${field}.volumes[${index}].configMap.name`),
      ...missing(
        'SecretProviderClass',
        csi?.volumeAttributes?.['secretProviderClass'],
        `${field}.volumes[${index}].csi`,
      ),
    ]),
    ...containers.flatMap(({ field: place, it }) => [
      ...(it.envFrom ?? []).flatMap(({ configMapRef }: { configMapRef?: { name: string } }) =>
        missing('ConfigMap', configMapRef?.name, `${place}.envFrom`),
      ),
      ...(it.volumeMounts ?? [])
        .filter(({ name }: { name: string }) => !mounted.has(name))
        .map(({ name }: { name: string }) =>
          fault(rendered, `${place}.volumeMounts`, { rule, why: `mounts ${name}, which is no volume of the pod` }),
        ),
    ]),
  ];
}

function noAccount({ rendered, field }: Pick<Workload, 'rendered' | 'field'>): Finding {
  return fault(rendered, `${field}.serviceAccountName`, { rule, why: 'must name an account of its own, not default' });
}

function selectors(environment: Environment, workloads: readonly Workload[]): Finding[] {
  const own = workloads
    .filter(({ object }) => object.spec?.selector)
    .filter(({ object, labels }) => !selects(object.spec.selector, labels))
    .map(({ rendered }) => fault(rendered, 'spec.selector', { rule, why: 'does not select the pods of its template' }));
  const overlapping = workloads.flatMap(({ rendered, object }) =>
    object.spec?.selector && workloads.filter(({ labels }) => selects(object.spec.selector, labels)).length > 1
      ? [fault(rendered, 'spec.selector', { rule, why: 'selects pods of another workload, too' })]
      : [],
  );
  const named = ['Service', 'PodDisruptionBudget', 'NetworkPolicy'].flatMap((kind) => ofKind(environment, kind));
  const others = named.flatMap((each) => {
    const { kind, spec } = each.object;
    const selector =
      kind === 'Service' ? { matchLabels: spec.selector ?? {} } : (spec.selector ?? spec.podSelector ?? {});
    const selected = workloads.filter(({ labels }) => selects(selector, labels));
    // A policy may hold for many; it is no fault of one that says so.
    if (kind === 'NetworkPolicy' ? selected.length > 0 : selected.length === 1) return [];
    const [field, found] = [kind === 'NetworkPolicy' ? 'spec.podSelector' : 'spec.selector', selected.length || 'no'];
    return [fault(each, field, { rule, why: `selects the pods of ${found} workloads` })];
  });
  return [...own, ...overlapping, ...others, ...sharedSelectors(environment)];
}

function sharedSelectors(environment: Environment): Finding[] {
  const bySelector = Map.groupBy(ofKind(environment, 'Service'), ({ object }) =>
    JSON.stringify(Object.entries(object.spec.selector ?? {}).sort()),
  );
  return [...bySelector.values()]
    .flatMap((services) => services.slice(1))
    .map((each) => fault(each, 'spec.selector', { rule, why: 'is that of another Service, too' }));
}

function scalers(environment: Environment): Finding[] {
  const all = ['HorizontalPodAutoscaler', 'ScaledObject'].flatMap((kind) => ofKind(environment, kind));
  const targets = all.map(({ object }) => object.spec.scaleTargetRef);
  const missing = all.flatMap((each) => {
    const { kind = 'Deployment', name, apiVersion = 'apps/v1' } = each.object.spec.scaleTargetRef;
    const target = find(environment, kind, name);
    if (!target || target.object.apiVersion !== apiVersion)
      return [fault(each, 'spec.scaleTargetRef', { rule, why: `names the ${kind} ${name}, which is not there` })];
    if (target.object.spec.replicas === undefined) return [];
    return [
      fault(target, 'spec.replicas', { rule, why: 'is the number of an autoscaler, and would undo what it did' }),
    ];
  });
  const twice = all.filter((_, index) => targets.findIndex(({ name }) => name === targets[index]?.name) < index);
  const unscaled = ofKind(environment, 'Deployment').filter(
    ({ object }) => object.spec.replicas === undefined && !targets.some(({ name }) => name === object.metadata.name),
  );
  return [
    ...missing,
    ...twice.map((each) => fault(each, 'spec.scaleTargetRef', { rule, why: 'is scaled by another one, too' })),
    ...unscaled.map((each) => fault(each, 'spec.replicas', { rule, why: 'is missing, and no autoscaler sets it' })),
  ];
}

function namespaces(environment: Environment): Finding[] {
  const spaces = new Set(ofKind(environment, 'Namespace').map(({ object }) => object.metadata.name));
  return environment.objects
    .filter(({ object }) => object.metadata.namespace && !spaces.has(object.metadata.namespace))
    .map((each) => fault(each, 'metadata.namespace', { rule, why: `${each.object.metadata.namespace} is not there` }));
}

import type { Manifest, Rendered } from './manifest.ts';

/** A container of a pod, and where in its object it stands. */
export interface Container {
  field: string;
  // biome-ignore lint/suspicious/noExplicitAny: see Manifest
  it: any;
  isInit: boolean;
}

/** What runs pods: the pod's specification and metadata, wherever the kind keeps them. */
export interface Workload {
  rendered: Rendered;
  object: Manifest;
  /** The path to the pod's specification. */
  field: string;
  // biome-ignore lint/suspicious/noExplicitAny: see Manifest
  pod: any;
  labels: Record<string, string>;
  containers: Container[];
  /** Whether it is to serve until it is told to stop. */
  isLongRunning: boolean;
}

const longRunning = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod']);

/** Those among the objects that run pods. */
export function workloadsIn(rendered: readonly Rendered[]): Workload[] {
  return rendered.flatMap((each) => workloadOf(each) ?? []);
}

function workloadOf(rendered: Rendered): Workload | undefined {
  const { object } = rendered;
  const place = placeOfPod(object);
  if (!place) return undefined;
  const { field, holder } = place;
  const pod = holder?.spec ?? {};
  const list = (name: string, isInit: boolean): Container[] =>
    // biome-ignore lint/suspicious/noExplicitAny: see Manifest
    (pod[name] ?? []).map((it: any, index: number) => ({ field: `${field}.${name}[${index}]`, it, isInit }));
  return {
    rendered,
    object,
    field,
    pod,
    labels: holder?.metadata?.labels ?? {},
    containers: [...list('containers', false), ...list('initContainers', true), ...list('ephemeralContainers', true)],
    isLongRunning: longRunning.has(object.kind),
  };
}

function placeOfPod(object: Manifest) {
  const { kind, spec } = object;
  if (kind === 'Pod') return { field: 'spec', holder: object };
  if (kind === 'CronJob')
    return { field: 'spec.jobTemplate.spec.template.spec', holder: spec?.jobTemplate?.spec?.template };
  if (longRunning.has(kind) || kind === 'Job') return { field: 'spec.template.spec', holder: spec?.template };
  return undefined;
}

/** What rules can be about: the kinds, what their rules start from, and the sample that they begin with. */
export interface Target {
  resources: readonly { group: string; version: string; resources: string[]; kinds: string[] }[];
  /** In CEL, for each rule about it. */
  variables: Readonly<Record<string, string>>;
  /** Puts a rule's own expression where it holds. */
  faulty: (expression: string) => string;
  /** The file in `deploy/policy/allowed/`. */
  sample: string;
}

const servers = {
  group: 'apps',
  version: 'v1',
  resources: ['deployments', 'statefulsets', 'daemonsets'],
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
};
const others = [
  { group: 'apps', version: 'v1', resources: ['replicasets'], kinds: ['ReplicaSet'] },
  { group: 'batch', version: 'v1', resources: ['jobs', 'cronjobs'], kinds: ['Job', 'CronJob'] },
  { group: '', version: 'v1', resources: ['pods', 'pods/ephemeralcontainers'], kinds: ['Pod'] },
];

const pod = {
  pod:
    "object.kind == 'Pod' ? object.spec : object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.spec : " +
    'object.spec.template.spec',
  isWindows: "variables.pod.?os.?name.orValue('linux') == 'windows'",
  lasting: 'variables.pod.containers + variables.pod.?initContainers.orValue([])',
  containers: 'variables.lasting + variables.pod.?ephemeralContainers.orValue([])',
};

const as = (expression: string) => expression;
const onLinux = (expression: string) => `variables.isWindows ? [] : (${expression.trim()})`;
const onWindows = (expression: string) => `variables.isWindows ? (${expression.trim()}) : []`;
const only = (group: string, kinds: Record<string, string>) => [
  { group, version: 'v1', resources: Object.values(kinds), kinds: Object.keys(kinds) },
];

export const targets: Readonly<Record<string, Target>> = {
  workloads: { resources: [servers, ...others], variables: pod, faulty: as, sample: 'deployment' },
  'linux-workloads': { resources: [servers, ...others], variables: pod, faulty: onLinux, sample: 'deployment' },
  'windows-workloads': { resources: [servers, ...others], variables: pod, faulty: onWindows, sample: 'windows' },
  servers: { resources: [servers], variables: pod, faulty: as, sample: 'deployment' },
  services: { resources: only('', { Service: 'services' }), variables: {}, faulty: as, sample: 'service' },
  'disruption-budgets': {
    resources: only('policy', { PodDisruptionBudget: 'poddisruptionbudgets' }),
    variables: {},
    faulty: as,
    sample: 'poddisruptionbudget',
  },
  entrances: {
    resources: [
      ...only('gateway.networking.k8s.io', { Gateway: 'gateways' }),
      ...only('networking.k8s.io', { Ingress: 'ingresses' }),
    ],
    variables: {},
    faulty: as,
    sample: 'gateway',
  },
};

import { basename } from 'node:path';
import { type Check, type Finding, fault } from '../manifest.ts';
import { type Workload, workloadsIn } from '../workload.ts';

const rule = 'windows';
/** The build that a node of each version calls itself by, in `node.kubernetes.io/windows-build`. */
const builds: Readonly<Record<string, string>> = { ltsc2022: '10.0.20348', ltsc2025: '10.0.26100' };
const ofLinux = [
  'runAsUser',
  'runAsGroup',
  'fsGroup',
  'supplementalGroups',
  'seccompProfile',
  'seLinuxOptions',
  'sysctls',
];
const ofLinuxContainers = [
  ...['runAsUser', 'runAsGroup', 'seccompProfile', 'seLinuxOptions', 'capabilities', 'readOnlyRootFilesystem'],
  ...['privileged', 'allowPrivilegeEscalation', 'procMount'],
];

/** Pods get to nodes of their system and of their image's version, and carry no field that Kubernetes refuses there. */
export const windows: Check = (rendered) => [
  ...workloadsIn(rendered).flatMap((workload) =>
    workload.pod.os?.name === 'windows' ? [...placed(workload), ...fields(workload)] : strangers(workload),
  ),
  ...rendered
    .filter(({ object, root }) => basename(root) in builds && object.data?.['REDISHOST'])
    .filter(({ object }) => !object.data?.['REDISHOST']?.includes('.svc.'))
    .map((each) =>
      fault(each, 'data.REDISHOST', { rule, why: 'must be a full name: Windows has one DNS suffix only' }),
    ),
];

function placed({ rendered, field, pod }: Workload): Finding[] {
  const at = (name: string, why: string) => fault(rendered, `${field}.${name}`, { rule, why });
  const build = builds[basename(rendered.root)];
  const tolerates = (pod.tolerations ?? []).some(isOurs);
  return [
    ...(pod.nodeSelector?.['node.kubernetes.io/windows-build'] === build
      ? []
      : [at('nodeSelector', `must select windows-build ${build}: an image runs on no other version`)]),
    ...(tolerates ? [] : [at('tolerations', 'must tolerate os=windows:NoSchedule, the taint of the pool')]),
  ];
}

interface Toleration {
  key?: string;
  value?: string;
  effect?: string;
}

function isOurs({ key, value, effect }: Toleration): boolean {
  return key === 'os' && value === 'windows' && effect === 'NoSchedule';
}

function fields({ rendered, field, pod, containers }: Workload): Finding[] {
  const why = 'is a field of Linux, which Kubernetes refuses on Windows';
  const places = [
    ...ofLinux.filter((name) => name in (pod.securityContext ?? {})).map((name) => `${field}.securityContext.${name}`),
    ...containers.flatMap(({ field: place, it }) =>
      ofLinuxContainers
        .filter((name) => name in (it.securityContext ?? {}))
        .map((name) => `${place}.securityContext.${name}`),
    ),
  ];
  return places.map((place) => fault(rendered, place, { rule, why }));
}

function strangers({ rendered, field, pod }: Workload): Finding[] {
  const tolerations: Toleration[] = pod.tolerations ?? [];
  if (!tolerations.some(({ key }) => key === undefined || key === 'os')) return [];
  return [fault(rendered, `${field}.tolerations`, { rule, why: 'lets a pod of Linux onto nodes of Windows' })];
}

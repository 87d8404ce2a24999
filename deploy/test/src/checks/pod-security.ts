import { type Check, type Finding, fault } from '../manifest.ts';
import { type Container, type Workload, workloadsIn } from '../workload.ts';

const rule = 'pod-security';
const volumes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const profiles = ['RuntimeDefault', 'Localhost'];

/** The Pod Security Standard *restricted* of Kubernetes 1.36, on whatever makes pods; Windows has its exceptions. */
export const podSecurity: Check = (rendered) =>
  workloadsIn(rendered).flatMap((workload) => [
    ...ofPod(workload),
    ...workload.containers.flatMap((container) => [
      ...everywhere(workload, container),
      ...(workload.pod.os?.name === 'windows' ? [] : onLinux(workload, container)),
    ]),
  ]);

function ofPod({ rendered, field, pod }: Workload): Finding[] {
  const at = (name: string, why: string) => fault(rendered, `${field}.${name}`, { rule, why });
  const context = pod.securityContext ?? {};
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((name) => pod[name]).map((name) => at(name, 'must not be true')),
    // biome-ignore lint/suspicious/noExplicitAny: see Manifest
    ...(pod.volumes ?? []).flatMap((volume: any, index: number) =>
      Object.keys(volume)
        .filter((kind) => kind !== 'name' && !volumes.includes(kind))
        .map((kind) => at(`volumes[${index}].${kind}`, `is none of ${volumes.join(', ')}`)),
    ),
    ...(context.runAsUser === 0 ? [at('securityContext.runAsUser', 'must not be 0')] : []),
    ...(context.sysctls?.length ? [at('securityContext.sysctls', 'must not be set')] : []),
    ...(context.windowsOptions?.hostProcess
      ? [at('securityContext.windowsOptions.hostProcess', 'must not be true')]
      : []),
  ];
}

function everywhere({ rendered, pod }: Workload, { field, it }: Container): Finding[] {
  const at = (name: string, why: string) => fault(rendered, `${field}.${name}`, { rule, why });
  const context = it.securityContext ?? {};
  const runAsNonRoot = context.runAsNonRoot ?? pod.securityContext?.runAsNonRoot;
  return [
    ...(context.privileged ? [at('securityContext.privileged', 'must not be true')] : []),
    ...(context.procMount && context.procMount !== 'Default'
      ? [at('securityContext.procMount', 'must be Default')]
      : []),
    ...(context.runAsUser === 0 ? [at('securityContext.runAsUser', 'must not be 0')] : []),
    ...(runAsNonRoot === true ? [] : [at('securityContext.runAsNonRoot', 'must be true, here or for the pod')]),
    ...(context.windowsOptions?.hostProcess
      ? [at('securityContext.windowsOptions.hostProcess', 'must not be true')]
      : []),
    ...(it.ports ?? []).flatMap(({ hostPort }: { hostPort?: number }, index: number) =>
      hostPort ? [at(`ports[${index}].hostPort`, 'must not be set')] : [],
    ),
  ];
}

function onLinux({ rendered, pod }: Workload, { field, it }: Container): Finding[] {
  const at = (name: string, why: string) => fault(rendered, `${field}.${name}`, { rule, why });
  const { allowPrivilegeEscalation, capabilities = {}, seccompProfile } = it.securityContext ?? {};
  const profile = (seccompProfile ?? pod.securityContext?.seccompProfile)?.type;
  const added = (capabilities.add ?? []).filter((name: string) => name !== 'NET_BIND_SERVICE');
  return [
    ...(allowPrivilegeEscalation === false ? [] : [at('securityContext.allowPrivilegeEscalation', 'must be false')]),
    ...(capabilities.drop?.includes('ALL') ? [] : [at('securityContext.capabilities.drop', 'must contain ALL')]),
    ...(added.length > 0 ? [at('securityContext.capabilities.add', `must not contain ${added.join(', ')}`)] : []),
    ...(profiles.includes(profile)
      ? []
      : [at('securityContext.seccompProfile', `must be one of ${profiles.join(', ')}`)]),
  ];
}

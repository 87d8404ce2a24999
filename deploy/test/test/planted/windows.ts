import type { Planted } from '../planted.ts';

const spec = 'spec.template.spec';

/** On Windows Server 2025: what Linux has to have, and Windows must not. */
export const planted: readonly Planted[] = [
  ['Deployment', 'realtime', `${spec}.os.name`, 'linux', 'policy/one-system'],
  ['Deployment', 'realtime', `${spec}.nodeSelector.kubernetes\\.io/os`, 'linux', 'policy/one-system'],
  ['Deployment', 'realtime', `${spec}.nodeSelector.node\\.kubernetes\\.io/windows-build`, '10.0.20348', 'windows'],
  ['Deployment', 'realtime', `${spec}.nodeSelector.node\\.kubernetes\\.io/windows-build`, undefined, 'windows'],
  ['Deployment', 'realtime', `${spec}.tolerations`, undefined, 'windows'],
  ['Deployment', 'realtime', `${spec}.tolerations.0.effect`, 'NoExecute', 'windows'],
  ['Deployment', 'realtime', `${spec}.securityContext.fsGroup`, 65532, 'windows'],
  ['Deployment', 'realtime', `${spec}.securityContext.seccompProfile`, { type: 'RuntimeDefault' }, 'windows'],
  ['Deployment', 'realtime', `${spec}.containers.0.securityContext`, { readOnlyRootFilesystem: true }, 'windows'],
  [
    'Deployment',
    'realtime',
    `${spec}.securityContext.windowsOptions.runAsUserName`,
    'ContainerAdministrator',
    'policy/windows-users',
  ],
  ['Deployment', 'realtime', `${spec}.securityContext.windowsOptions.hostProcess`, true, 'pod-security'],
  ['Deployment', 'realtime', `${spec}.securityContext.runAsNonRoot`, undefined, 'pod-security'],
  ['ConfigMap', 'realtime', 'data.REDISHOST', undefined, 'network'],
  ['ConfigMap', 'realtime', 'data.REDISHOST', 'redis', 'windows'],
  ['StatefulSet', 'redis', `${spec}.tolerations`, [{ key: 'os', operator: 'Equal', value: 'windows' }], 'windows'],
];

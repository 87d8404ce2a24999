import type { Planted } from '../planted.ts';

const spec = 'spec.template.spec';
const container = `${spec}.containers.0`;

/** Slips of the pen: what a schema sees. */
export const planted: readonly Planted[] = [
  ['Deployment', 'users', `${container}.readinesProbe`, {}, 'schema'],
  ['Deployment', 'users', `${container}.imagePullPolicies`, 'Always', 'schema'],
  ['Deployment', 'users', `${container}.securityContext.readonlyRootFilesystem`, true, 'schema'],
  ['Deployment', 'groupz', `${spec}.topologySpreadConstraints.0.maxSkew`, 'one', 'schema'],
  ['Deployment', 'groupz', `${spec}.topologySpreadConstraints.0.topologyKey`, undefined, 'schema'],
  ['Deployment', 'groupz', `${spec}.terminationGracePeriodSecond`, 40, 'schema'],
  ['Deployment', 'groupz', `${container}.resources.limits.memory`, '256MiB', 'schema'],
  ['Deployment', 'groupz', `${container}.resources.request`, {}, 'schema'],
  ['Deployment', 'realtime', `${container}.ports.0.containerPort`, 'http', 'schema'],
  ['Deployment', 'realtime', `${container}.env.0.valueFrom`, 'file', 'schema'],
  ['Deployment', 'realtime', 'spec.selector', undefined, 'schema'],
  ['Deployment', 'realtime', 'spec.strategy.rollingUpdates', {}, 'schema'],
  ['Deployment', 'realtime', 'apiVersion', 'extensions/v1beta1', 'schema'],
  ['Deployment', 'realtime', 'kind', 'Deploymnet', 'schema'],
  ['Job', 'users-migrate', 'spec.backOffLimit', 6, 'schema'],
  ['Service', 'users', 'spec.port', 80, 'schema'],
  ['Service', 'users', 'spec.ports.0.port', '80', 'schema'],
  ['HTTPRoute', 'users', 'spec.rules.0.matches.0.path.type', 'Prefix', 'schema'],
  ['HTTPRoute', 'users', 'spec.rules.0.backendRef', [], 'schema'],
  ['HTTPRoute', 'users', 'spec.host', 'x', 'schema'],
  ['HorizontalPodAutoscaler', 'users', 'spec.metrics.0.resource.target.avgUtilization', 70, 'schema'],
  ['HorizontalPodAutoscaler', 'users', 'spec.maxReplicas', undefined, 'schema'],
  ['PodDisruptionBudget', 'users', 'spec.minAvailible', 1, 'schema'],
  ['NetworkPolicy', 'users', 'spec.policyType', [], 'schema'],
  ['NetworkPolicy', 'dns', 'spec.egress.0.port', [], 'schema'],
  ['SecretProviderClass', 'users', 'spec.parameter', {}, 'schema'],
  ['SecretProviderClass', 'users', 'spec.provider', 1, 'schema'],
  ['ServiceAccount', 'users', 'automountServiceAccountTokens', false, 'schema'],
  ['Namespace', 'seaworthy', 'metadata.label', {}, 'schema'],
  ['PriorityClass', 'seaworthy', 'values', 1, 'schema'],
];

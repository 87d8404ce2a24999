import { withoutProse } from './without-prose.ts';

/** The kinds that may stand in deploy/. One that is missing here is told as unknown by the check. */
const kinds = [
  'admissionregistration.v1.ValidatingAdmissionPolicy',
  'admissionregistration.v1.ValidatingAdmissionPolicyBinding',
  'apps.v1.DaemonSet',
  'apps.v1.Deployment',
  'apps.v1.ReplicaSet',
  'apps.v1.StatefulSet',
  'autoscaling.v2.HorizontalPodAutoscaler',
  'batch.v1.CronJob',
  'batch.v1.Job',
  'core.v1.ConfigMap',
  'core.v1.LimitRange',
  'core.v1.Namespace',
  'core.v1.PersistentVolumeClaim',
  'core.v1.Pod',
  'core.v1.ResourceQuota',
  'core.v1.Secret',
  'core.v1.Service',
  'core.v1.ServiceAccount',
  'networking.v1.Ingress',
  'networking.v1.IngressClass',
  'networking.v1.NetworkPolicy',
  'policy.v1.PodDisruptionBudget',
  'rbac.v1.ClusterRole',
  'rbac.v1.ClusterRoleBinding',
  'rbac.v1.Role',
  'rbac.v1.RoleBinding',
  'scheduling.v1.PriorityClass',
];

type Definitions = Readonly<Record<string, object>>;

/** Of all that an OpenAPI document of Kubernetes defines, what those kinds are made of, without prose. */
export function prunedDefinitions(definitions: Definitions): Definitions {
  const kept: Record<string, object> = {};
  const keep = (name: string): void => {
    const definition = definitions[name];
    if (!definition) throw new Error(`Kubernetes does not define ${name}`);
    if (name in kept) return;
    kept[name] = withoutProse(definition) as object;
    for (const [, other = ''] of JSON.stringify(kept[name]).matchAll(/"#\/definitions\/([^"]+)"/g)) keep(other);
  };
  for (const kind of kinds) keep(`io.k8s.api.${kind}`);
  return Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
}

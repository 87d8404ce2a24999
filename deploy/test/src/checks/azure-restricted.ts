import { type Check, type Finding, fault } from '../manifest.ts';
import { type Container, type Workload, workloadsIn } from '../workload.ts';

const rule = 'azure-restricted';
const groups = ['runAsGroup', 'fsGroup', 'supplementalGroups'] as const;

/**
 * What Azure's initiative *restricted* (42b8ef37-b724-4e24-bbc8-7a7708edfe00) asks beyond the Kubernetes standard: groups
 * that are present and not root's, and RuntimeDefault alone. It looks at Linux only.
 */
export const azureRestricted: Check = (rendered) =>
  workloadsIn(rendered)
    .filter(({ pod }) => pod.os?.name !== 'windows')
    .flatMap((workload) => [...ofPod(workload), ...workload.containers.flatMap((each) => ofContainer(workload, each))]);

function ofPod({ rendered, field, pod }: Workload): Finding[] {
  const context = pod.securityContext ?? {};
  return groups
    .filter((name) => {
      const ids = [context[name]].flat();
      return ids.length === 0 || ids.some((id) => !(id >= 1 && id <= 65_535));
    })
    .map((name) =>
      fault(rendered, `${field}.securityContext.${name}`, { rule, why: 'must be present, within 1 and 65535' }),
    );
}

function ofContainer({ rendered, pod }: Workload, { field, it }: Container): Finding[] {
  const context = it.securityContext ?? {};
  const profile = (context.seccompProfile ?? pod.securityContext?.seccompProfile)?.type;
  const wrong: [string, string][] = [];
  if (profile !== 'RuntimeDefault') wrong.push(['seccompProfile', 'must be RuntimeDefault']);
  if (context.readOnlyRootFilesystem !== true) wrong.push(['readOnlyRootFilesystem', 'must be true']);
  if (context.runAsGroup === 0) wrong.push(['runAsGroup', 'must not be 0']);
  return wrong.map(([name, why]) => fault(rendered, `${field}.securityContext.${name}`, { rule, why }));
}

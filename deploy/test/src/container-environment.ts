import { parse } from 'yaml';
import { type Environment, find } from './environments.ts';
import type { Container, Workload } from './workload.ts';

/** A variable of a container. Its value is absent where the cluster knows it and the manifests do not. */
export interface Variable {
  name: string;
  value?: string;
}

const webhook = ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_FEDERATED_TOKEN_FILE', 'AZURE_AUTHORITY_HOST'];

/** What the container will find in its environment: written out, from ConfigMaps, and from webhooks. */
export function variablesOf(environment: Environment, workload: Workload, { it }: Container): Variable[] {
  const fromMaps = (it.envFrom ?? []).flatMap(({ configMapRef }: { configMapRef?: { name: string } }) =>
    Object.entries(find(environment, 'ConfigMap', configMapRef?.name)?.object.data ?? {}).map(([name, value]) => ({
      name,
      value,
    })),
  );
  const written = (it.env ?? []).map(({ name, value }: Variable) => (value === undefined ? { name } : { name, value }));
  const injected = hasWorkloadIdentity(workload) ? webhook.map((name) => ({ name })) : [];
  return [
    ...fromMaps,
    ...written,
    ...injected,
    ...(workload.pod.enableServiceLinks === false ? [] : links(environment)),
  ];
}

/** Whether the webhook of workload identity looks at the pod. */
export function hasWorkloadIdentity({ labels }: Workload): boolean {
  return labels['azure.workload.identity/use'] === 'true';
}

/** The files that volumes put into the container. */
export function filesOf(environment: Environment, { pod }: Workload, { it }: Container): string[] {
  return (it.volumeMounts ?? []).flatMap(({ name, mountPath, subPath }: Record<string, string>) => {
    // biome-ignore lint/suspicious/noExplicitAny: see Manifest
    const volume = (pod.volumes ?? []).find((each: any) => each.name === name) ?? {};
    const secretClass = volume.csi?.volumeAttributes?.secretProviderClass;
    const keys = [...aliases(environment, secretClass), ...(volume.secret?.items ?? []).map(({ path }: Path) => path)];
    return subPath ? [] : keys.map((key) => `${mountPath}/${key}`);
  });
}

interface Path {
  path: string;
}

/** The names of the files that a SecretProviderClass makes. `objects` is YAML within YAML within YAML. */
export function aliases(environment: Environment, name: string | undefined): string[] {
  const { array = [] } = parse(find(environment, 'SecretProviderClass', name)?.object.spec.parameters.objects ?? '{}');
  return array.map((text: string) => {
    const { objectAlias, objectName } = parse(text);
    return objectAlias || objectName;
  });
}

/** Those of Services that are there before the pod is, as kubelets set them. */
function links(environment: Environment): Variable[] {
  return environment.objects
    .filter(({ object }) => object.kind === 'Service')
    .flatMap(({ object }) => {
      const prefix = object.metadata.name.toUpperCase().replaceAll('-', '_');
      return [
        { name: `${prefix}_SERVICE_HOST`, value: '10.0.0.1' },
        { name: `${prefix}_SERVICE_PORT`, value: String(object.spec.ports?.[0]?.port) },
      ];
    });
}

import { parse } from 'yaml';
import { inEachEnvironment, ofKind } from '../environments.ts';
import { type Finding, fault, type Rendered } from '../manifest.ts';
import { workloadsIn } from '../workload.ts';

const rule = 'key-vault';
const known = ['usePodIdentity', 'clientID', 'tenantID', 'keyvaultName', 'cloudName', 'objects'];
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `parameters` is free text to every schema: what the Azure provider makes of it is checked here. */
export const secrets = inEachEnvironment((environment) => [
  ...ofKind(environment, 'SecretProviderClass').flatMap(ofClass),
  ...workloadsIn(environment.objects).flatMap(({ rendered, field, pod }) =>
    // biome-ignore lint/suspicious/noExplicitAny: see Manifest
    (pod.volumes ?? []).flatMap((volume: any, index: number) =>
      volume.csi && (volume.csi.driver !== 'secrets-store.csi.k8s.io' || volume.csi.readOnly !== true)
        ? [
            fault(rendered, `${field}.volumes[${index}].csi`, {
              rule,
              why: 'must be of secrets-store.csi.k8s.io, readOnly',
            }),
          ]
        : [],
    ),
  ),
]);

function ofClass(rendered: Rendered): Finding[] {
  const { provider, parameters = {} } = rendered.object.spec;
  const at = (name: string, why: string) => fault(rendered, `spec.parameters.${name}`, { rule, why });
  const objects = readObjects(parameters.objects);
  return [
    ...(provider === 'azure' ? [] : [fault(rendered, 'spec.provider', { rule, why: 'must be azure' })]),
    ...Object.keys(parameters)
      .filter((name) => !known.includes(name))
      .map((name) =>
        at(name, 'is unknown to the provider, or no longer the way (pod identity, identities of machines)'),
      ),
    ...(parameters.usePodIdentity === 'false' ? [] : [at('usePodIdentity', 'must be "false"')]),
    ...['clientID', 'tenantID'].filter((name) => !uuid.test(parameters[name])).map((name) => at(name, 'must be an id')),
    ...(/^[a-z][a-z0-9-]{1,22}[a-z0-9]$/.test(parameters.keyvaultName)
      ? []
      : [at('keyvaultName', 'is no name of a vault')]),
    ...(objects ?? [undefined]).filter((each) => !isSound(each)).map(() => at('objects', objectsFault)),
  ];
}

const objectsFault = 'must be `array:` of texts, each YAML with objectName, objectType secret and objectAlias';

function readObjects(text: unknown): unknown[] | undefined {
  try {
    const { array } = parse(String(text));
    return Array.isArray(array) && array.length > 0 ? array.map((each) => parse(each)) : undefined;
  } catch {
    return undefined;
  }
}

function isSound(each: unknown): boolean {
  const { objectName, objectType, objectAlias, ...rest } = (each ?? {}) as Record<string, unknown>;
  const names = [objectName, objectAlias].every((name) => /^[0-9A-Za-z-]+$/.test(String(name)));
  return names && objectType === 'secret' && Object.keys(rest).every((name) => name === 'filePermission');
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, find, inEachEnvironment } from '../environments.ts';
import { type Finding, fault, type Rendered } from '../manifest.ts';

const rule = 'flux';
const repository = join(import.meta.dirname, '../../../..');
/** What the AKS extension 1.24 (Flux 2.7) serves; of source-watcher it ships nothing. */
const served = new Set([
  'source.toolkit.fluxcd.io/v1',
  'kustomize.toolkit.fluxcd.io/v1',
  'helm.toolkit.fluxcd.io/v2',
  'notification.toolkit.fluxcd.io/v1',
  'notification.toolkit.fluxcd.io/v1beta3',
  'image.toolkit.fluxcd.io/v1',
]);
const chain: Readonly<Record<string, string>> = { policies: 'infrastructure', apps: 'policies' };
const unserved = new Set(['ExternalArtifact', 'ArtifactGenerator']);

/** The chain of Flux holds: each link names what is there, in its own namespace, and says how it is to be waited for. */
export const flux = inEachEnvironment((environment) =>
  environment.objects
    .filter(({ object }) => object.apiVersion.includes('.toolkit.fluxcd.io/'))
    .flatMap((each) => [
      ...versions(each),
      ...references(environment, each),
      ...(each.object.kind === 'Kustomization' ? link(environment, each) : []),
    ]),
);

function versions(each: Rendered): Finding[] {
  const { apiVersion, kind } = each.object;
  const at = (field: string) => fault(each, field, { rule, why: 'is not served by the AKS extension 1.24 (Flux 2.7)' });
  return [...(served.has(apiVersion) ? [] : [at('apiVersion')]), ...(unserved.has(kind) ? [at('kind')] : [])];
}

interface Reference {
  kind?: string;
  name: string;
  namespace?: string;
}

function references(environment: Environment, each: Rendered): Finding[] {
  const { spec } = each.object;
  const named: [string, Reference, string][] = [
    ['spec.sourceRef', spec.sourceRef, 'GitRepository'],
    ['spec.imageRepositoryRef', spec.imageRepositoryRef, 'ImageRepository'],
    ['spec.providerRef', spec.providerRef, 'Provider'],
    ...(spec.resources ?? []).map((it: Reference): [string, Reference, string] => ['spec.resources', it, '']),
    ...(spec.eventSources ?? []).map((it: Reference): [string, Reference, string] => ['spec.eventSources', it, '']),
  ];
  return named.flatMap(([field, reference, kind]) => {
    if (!reference) return [];
    if (reference.namespace !== undefined)
      return [fault(each, field, { rule, why: 'names a namespace: the AKS extension refuses what is in another one' })];
    if (reference.name === '*' || find(environment, reference.kind ?? kind, reference.name)) return [];
    return [fault(each, field, { rule, why: `names ${reference.kind ?? kind} ${reference.name}, which is not there` })];
  });
}

function link(environment: Environment, each: Rendered): Finding[] {
  const { spec, metadata } = each.object;
  const at = (field: string, why: string) => fault(each, `spec.${field}`, { rule, why });
  const earlier: Reference[] = spec.dependsOn ?? [];
  const before = chain[metadata.name];
  const root = String(spec.path).replace(/^\.\//, '');
  const account = find(environment, 'ServiceAccount', spec.serviceAccountName);
  return [
    ...['prune', 'wait'].filter((name) => spec[name] !== true).map((name) => at(name, 'must be true')),
    ...['timeout', 'interval', 'retryInterval'].filter((name) => !spec[name]).map((name) => at(name, 'must be set')),
    ...earlier
      .filter(({ name, namespace }) => namespace !== undefined || !find(environment, 'Kustomization', name))
      .map(({ name }) => at('dependsOn', `names ${name}, which is not there`)),
    ...(reaches(environment, metadata.name, metadata.name) ? [at('dependsOn', 'comes back to itself')] : []),
    ...(existsSync(join(repository, root, 'kustomization.yaml'))
      ? []
      : [at('path', `${root} has no kustomization.yaml`)]),
    ...(root.endsWith(environment.name) || root === 'deploy/policy/deny'
      ? []
      : [at('path', 'is of another environment')]),
    ...(account?.object.metadata.namespace === metadata.namespace ? [] : [at('serviceAccountName', 'is not there')]),
    ...(before === undefined || earlier.some(({ name }) => name === before)
      ? []
      : [at('dependsOn', `must name ${before}, which has to be there first`)]),
  ];
}

/** Whether what `name` depends on leads to `goal`. */
function reaches(environment: Environment, name: string, goal: string, passed: readonly string[] = []): boolean {
  const earlier: Reference[] = find(environment, 'Kustomization', name)?.object.spec.dependsOn ?? [];
  return earlier.some(
    (each) =>
      each.name === goal || (!passed.includes(each.name) && reaches(environment, each.name, goal, [...passed, name])),
  );
}

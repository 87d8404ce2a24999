import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Finding } from '../manifest.ts';
import type { Kustomization } from '../roots.ts';

const rule = 'reachable';
const rooms = ['clusters', 'flux', 'key-vault', 'policy', 'services', 'windows'];
/** Read by the generator of policies, and by tests; no cluster gets them. */
const readByOthers = /^deploy\/policy\/(?:rules|allowed|samples)\//;

/** Every YAML and every file of settings is named by a Kustomization, and every name leads to a file. */
export function reachable(repository: string, kustomizations: readonly Kustomization[]): Finding[] {
  const named = new Map(kustomizations.flatMap(({ directory, names }) => names.map((name) => [name, directory])));
  const directories = new Set(kustomizations.map(({ directory }) => directory));
  const files = rooms
    .flatMap((room) => globSync(`deploy/${room}/**/*.{yaml,yml,json,env}`, { cwd: repository }))
    .sort();
  const unnamed = files.filter((file) => {
    return !readByOthers.test(file) && !file.endsWith('/kustomization.yaml') && !named.has(file);
  });
  const components = kustomizations
    .filter(({ directory, isComponent }) => isComponent && !named.has(directory))
    .map(({ directory }) => `${directory}/kustomization.yaml`);
  const missing = [...named].filter(([name]) => !files.includes(name) && !directories.has(name));
  return [
    ...[...unnamed, ...components].map((file) =>
      finding(file, 'is taken in by no Kustomization: nobody would apply it'),
    ),
    ...missing.map(([name, from]) => finding(`${from}/kustomization.yaml`, `names ${name}, which is not there`)),
  ];
}

function finding(file: string, why: string): Finding {
  return { root: dirname(file), file, object: '', field: '', rule, why };
}

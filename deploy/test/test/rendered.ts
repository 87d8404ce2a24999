import { join } from 'node:path';
import { findKustomize, render } from '../src/kustomize.ts';
import type { Rendered } from '../src/manifest.ts';
import { findRoots } from '../src/roots.ts';

export const repository = join(import.meta.dirname, '../../..');

/** Everything that deploy/ renders to, as the checks see it. */
export async function renderAll(): Promise<Rendered[]> {
  const kustomize = findKustomize();
  if (!kustomize) throw new Error('no kustomize, kubectl or Go on this machine');
  const roots = findRoots(repository);
  return (await Promise.all(roots.map((root) => render(kustomize, repository, root)))).flat();
}

/** The pods of users in production, as their Deployment has them. */
// biome-ignore lint/suspicious/noExplicitAny: see Manifest
export async function podOfUsers(): Promise<any> {
  const rendered = await renderAll();
  const found = rendered.find(
    ({ object, root }) =>
      object.kind === 'Deployment' && object.metadata.name === 'users' && root.endsWith('production'),
  );
  if (!found) throw new Error('users has no Deployment in production');
  return found.object.spec.template.spec;
}

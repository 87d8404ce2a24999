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

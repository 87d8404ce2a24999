import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { Manifest, Rendered } from './manifest.ts';

const run = promisify(execFile);
const origin = 'config.kubernetes.io/origin';
const transformations = 'alpha.config.kubernetes.io/transformations';

/** A command that builds a Kustomization whose directory is its last argument. */
export type Kustomize = readonly [program: string, ...args: string[]];

// The last is built by Go from its module, verified by checksum; the first build takes half a minute.
const candidates: readonly Kustomize[] = [
  ['kustomize', 'build'],
  ['kubectl', 'kustomize'],
  ['go', 'run', 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.1', 'build'],
];

/** The first of kustomize, kubectl and Go that is on this machine. */
export function findKustomize(): Kustomize | undefined {
  return candidates.find(([program]) => !spawnSync(program, [program === 'kubectl' ? 'options' : 'version']).error);
}

/**
 * Builds a root of `repository`, as Flux would.
 * @throws Error with what the renderer says is wrong
 */
export async function render(kustomize: Kustomize, repository: string, root: string): Promise<Rendered[]> {
  // A Kustomization around it asks where each object comes from, so that no root has to carry the annotation.
  const around = await realpath(await mkdtemp(join(tmpdir(), 'seaworthy-render-')));
  try {
    const resource = relative(around, await realpath(join(repository, root)));
    await writeFile(
      join(around, 'kustomization.yaml'),
      `kind: Kustomization\nbuildMetadata: [originAnnotations, transformerAnnotations]\nresources: [${resource}]\n`,
    );
    const [program, ...args] = kustomize;
    const { stdout } = await run(program, [...args, around], { maxBuffer: 64 * 1024 * 1024 });
    return readObjects(stdout).map((object) => ({ root, ...withoutOrigin(object, { around, repository }) }));
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(`${root} cannot be rendered: ${stderr || message}`);
  } finally {
    await rm(around, { recursive: true });
  }
}

/** The objects of a YAML stream. Throws where one cannot be read. */
export function readObjects(text: string): Manifest[] {
  return parseAllDocuments(text).flatMap((document) => {
    if (!('errors' in document)) return [];
    const [mistake] = document.errors;
    if (mistake) throw mistake;
    return (document.toJS() as Manifest | null) ?? [];
  });
}

function withoutOrigin(object: Manifest, { around, repository }: { around: string; repository: string }) {
  const { [origin]: from = '', [transformations]: by = '', ...annotations } = object.metadata.annotations ?? {};
  const place = (path: string) => relative(repository, resolve(around, path));
  const [, path = ''] = /^(?:path|configuredIn): (.+)$/m.exec(from) ?? [];
  const patched = [...by.matchAll(/configuredIn: (.+)$/gm)].map(([, file = '']) => dirname(place(file)));
  if (Object.keys(annotations).length > 0) object.metadata.annotations = annotations;
  else delete object.metadata.annotations;
  return { file: place(path), patchedIn: [...new Set(patched)], object };
}

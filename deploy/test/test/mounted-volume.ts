import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A directory as the Secrets Store CSI driver fills and refills it (its AtomicWriter is the kubelet's): the files lie in
 * a directory of their version, `..data` is a link to that, and each name is a link through `..data`.
 */
export class MountedVolume {
  readonly path: string;
  #version = 0;

  constructor(path: string, files: Readonly<Record<string, string>>) {
    this.path = path;
    mkdirSync(path, { recursive: true });
    this.swap(files);
    for (const name of Object.keys(files)) symlinkSync(join('..data', name), join(path, name));
  }

  /** Puts new content in the place of the old, in one step for whoever reads. */
  swap(files: Readonly<Record<string, string>>): void {
    const [before, now] = [`..version-${this.#version}`, `..version-${++this.#version}`];
    mkdirSync(join(this.path, now));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.path, now, name), text);
    symlinkSync(now, join(this.path, '..data_tmp'));
    renameSync(join(this.path, '..data_tmp'), join(this.path, '..data'));
    rmSync(join(this.path, before), { recursive: true, force: true });
  }
}

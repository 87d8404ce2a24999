import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const tools = join(import.meta.dirname, '../../tools');

/** Programs that could not be built here: no Go, one that is too old, or no way to their modules. */
export class Unbuildable extends Error {
  override readonly name = 'Unbuildable';
}

/**
 * Builds the packages of `tools/<name>`, at the versions of its go.mod, and answers the folder that they are in: the
 * caller's to remove.
 * @throws Unbuildable with what Go said
 */
export function buildPrograms(name: string, packages: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), `seaworthy-${name}-`));
  const flags = '-s -w -X k8s.io/component-base/version.gitVersion=v1.36.4';
  const { error, status, stderr } = spawnSync('go', ['build', '-ldflags', flags, '-o', `${folder}/`, ...packages], {
    cwd: join(tools, name),
    env: { ...process.env, CGO_ENABLED: '0' },
    encoding: 'utf8',
  });
  if (!error && status === 0) return folder;
  rmSync(folder, { recursive: true });
  throw new Unbuildable(`${name} cannot be built: ${error?.message ?? stderr}`);
}

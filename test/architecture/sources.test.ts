import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readSources } from './sources.ts';

const hasGit = spawnSync('git', ['--version']).status === 0;

it.skipIf(!hasGit)('lists tracked and new files, and no ignored, deleted or foreign ones', () => {
  const root = makeTree(['a.ts', 'gone.ts', 'picture.png', 'README.md', 'dist/b.ts', '.gitignore']);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' });
  git('init');
  git('add', '.');
  rmSync(join(root, 'gone.ts'));
  writeFileSync(join(root, 'new.mjs'), '');
  expect(pathsIn(root)).toEqual(['README.md', 'a.ts', 'new.mjs']);
});

it('walks a source archive, and leaves out what is installed', () => {
  const root = makeTree(['a.ts', 'apps/a/src/b.ts', 'node_modules/c/c.ts', 'apps/a/node_modules/d.js']);
  expect(pathsIn(root)).toEqual(['a.ts', 'apps/a/src/b.ts']);
});

function makeTree(paths: string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'sources-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path === '.gitignore' ? 'dist/\n' : '');
  }
  return root;
}

function pathsIn(root: string): string[] {
  return readSources(root)
    .map(({ path }) => path)
    .toSorted();
}

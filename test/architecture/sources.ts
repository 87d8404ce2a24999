import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the repository; `path` is relative to its root, with forward slashes. */
export type SourceFile = { path: string; text: string };

const parsed = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** Whether a path names a program text that the laws parse and count. */
export function isSource(path: string): boolean {
  return parsed.test(path);
}

/** Every program text and README below `root` that git tracks or would track. */
export function readSources(root: string): SourceFile[] {
  return listFiles(root)
    .filter((path) => isSource(path) || path.endsWith('README.md'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function listFiles(root: string): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  try {
    const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    // A file that was deleted and not yet committed is still in git's index.
    return [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path)));
  } catch {
    // A source archive has no git: what is installed is then the only thing to leave out.
    return walk(root, '');
  }
}

function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) return [path];
    return entry.isDirectory() && !['node_modules', '.git', '.turbo'].includes(entry.name) ? walk(root, path) : [];
  });
}

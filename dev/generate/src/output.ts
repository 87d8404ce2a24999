import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the repository and what it has to hold. The path is relative to the root. */
export interface GeneratedFile {
  path: string;
  text: string;
}

/** The root of the repository. */
export const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** Reads a file of the repository; one that is not there is empty. */
export async function readRepositoryFile(path: string): Promise<string> {
  try {
    return await readFile(join(repository, path), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** The paths of those files that hold something else now. */
export async function staleFiles(files: readonly GeneratedFile[]): Promise<string[]> {
  const current = await Promise.all(files.map(({ path }) => readRepositoryFile(path)));
  return files.filter(({ text }, index) => current[index] !== text).map(({ path }) => path);
}

/** Writes those files that hold something else now, and returns their paths. */
export async function writeFiles(files: readonly GeneratedFile[]): Promise<string[]> {
  const stale = await staleFiles(files);
  for (const { path, text } of files.filter((file) => stale.includes(file.path))) {
    await mkdir(dirname(join(repository, path)), { recursive: true });
    await writeFile(join(repository, path), text);
  }
  return stale;
}

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Text of files by path, relative to the repository: what the checks read, and what tests plant faults in. */
export type Files = ReadonlyMap<string, string>;

const read = [
  'deploy/**/*.{bicep,bicepparam,yaml,json,xml,env}',
  'deploy/**/README.md',
  'docs/{api,guides}/*.{json,md}',
  'azure.yaml',
  '.github/workflows/*.yaml',
  'packages/chassis/src/*.ts',
  'README.md',
];
const ownData = /node_modules|^deploy\/test\/schemas\//;

/** Every file below `repository` that the checks may read. */
export function readFiles(repository: string): Files {
  const paths = globSync(read, { cwd: repository }).filter((path) => !ownData.test(path));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(repository, path), 'utf8')]));
}

/** A file that has to be there. */
export function textOf(files: Files, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new Error(`${path} is not there`);
  return text;
}

/** The files whose path matches. */
export function matching(files: Files, pattern: RegExp): [path: string, text: string][] {
  return [...files].filter(([path]) => pattern.test(path));
}

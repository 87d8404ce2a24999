import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFiles } from './files.ts';
import { generated } from './generated.ts';

/** Writes what follows from other files of deploy/; `pnpm verify:azure` says when that was forgotten. */

const repository = join(import.meta.dirname, '../../..');
for (const [path, text] of generated(readFiles(repository))) {
  if (readFileSync(join(repository, path), { encoding: 'utf8', flag: 'a+' }) === text) continue;
  writeFileSync(join(repository, path), text);
  console.log(path);
}

import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { policyFiles } from './policy/files.ts';
import { policyFolder, readRules } from './policy/rule.ts';

/** Writes what follows from the rules of deploy/policy; with `--check` it says what would change, and writes nothing. */

const repository = join(import.meta.dirname, '../../..');
const isCheck = process.argv.includes('--check');
const files = policyFiles(repository, readRules(repository));
const present = globSync(`${policyFolder}/{admission,gatekeeper/templates,gatekeeper/constraints,samples}/**/*.yaml`, {
  cwd: repository,
});
const stale = [...files].filter(([path, text]) => read(path) !== text).map(([path]) => path);
const surplus = present.filter((path) => !files.has(path));

for (const path of [...stale, ...surplus]) console.log(`${isCheck ? 'is not as the rules say' : 'wrote'}: ${path}`);
if (isCheck) process.exitCode = stale.length + surplus.length > 0 ? 1 : 0;
else {
  for (const path of surplus) rmSync(join(repository, path));
  for (const path of stale) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), files.get(path) ?? '');
  }
}

function read(path: string): string | undefined {
  return present.includes(path) ? readFileSync(join(repository, path), 'utf8') : undefined;
}

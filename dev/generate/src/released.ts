import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { breakingChanges } from './breaking-changes.ts';
import type { GeneratedFile } from './output.ts';

const noPaths = JSON.stringify({ openapi: '3.1.0', info: { title: 'gone', version: '0' }, paths: {} });

/** Where the contracts are that callers rely on, from the root of the repository. */
export const released = 'docs/api/released';

/** In there: the breaks that were agreed to since, a line each. */
export const acceptedBreaks = 'accepted-breaks.md';

const preamble = `# Breaks that were agreed to

A line for each, as \`npx -y pnpm@12 contract\` printed it (from the method on, without the code in brackets), then the reason.
A release empties this list.

`;

/** What the folder holds after a release: the present contracts, and no breaks that were agreed to. */
export function asReleased(contracts: ReadonlyMap<string, string>): GeneratedFile[] {
  return [
    ...[...contracts].map(([name, text]) => ({ path: `${released}/${name}.openapi.json`, text })),
    { path: `${released}/${acceptedBreaks}`, text: preamble },
  ];
}

/**
 * What in the present contracts breaks a caller of the released ones, line by line, each with its service's name. One
 * that was never released is named, too: else all would be well as soon as nothing is left to compare with.
 */
export async function brokenPromises(contracts: ReadonlyMap<string, string>, folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.openapi.json'));
  const present = await mkdtemp(join(tmpdir(), 'contracts-'));
  try {
    const lines = [...contracts.keys()]
      .filter((name) => !files.includes(`${name}.openapi.json`))
      .map((name) => `${name}: was never released; \`npx -y pnpm@12 contract --release\` does so`);
    for (const file of files) {
      const current = join(present, file);
      const name = file.replace('.openapi.json', '');
      // A service that is gone has broken all that it ever promised.
      await writeFile(current, contracts.get(name) ?? noPaths);
      const comparison = { released: join(folder, file), current, accepted: join(folder, acceptedBreaks) };
      lines.push(...breakingChanges(comparison).map((line) => `${name}: ${line}`));
    }
    return lines;
  } finally {
    await rm(present, { recursive: true });
  }
}

import type { Law } from './law.ts';
import { isTest, roleOf, servicesIn } from './layout.ts';
import { isSource, type SourceFile } from './sources.ts';

const limits = { source: 250, test: 300, median: 60, p90: 150 };

/** No file is too long to be read in one sitting. */
export const noLongFiles: Law = (files) =>
  files
    .filter(({ path }) => isSource(path))
    .flatMap((file) => {
      const [lines, limit] = [linesOf(file), isTest(file.path) ? limits.test : limits.source];
      if (lines <= limit) return [];
      return [{ file: file.path, rule: 'size', why: `has ${lines} lines, the limit is ${limit}; split it by idea` }];
    });

/** Most files are far below the limit: the tail is what makes a codebase unreadable. */
export const mostFilesAreShort: Law = (files) => {
  const sizes = files.filter(({ path }) => isSource(path) && !isTest(path)).map(linesOf);
  sizes.sort((a, b) => a - b);
  const at = (share: number) => sizes[Math.max(0, Math.ceil(sizes.length * share) - 1)] ?? 0;
  return [
    { name: 'median', lines: at(0.5), limit: limits.median },
    { name: '90th percentile', lines: at(0.9), limit: limits.p90 },
  ]
    .filter(({ lines, limit }) => lines > limit)
    .map(({ name, lines, limit }) => ({
      file: `${sizes.length} source files`,
      rule: 'sizes',
      why: `the ${name} is ${lines} lines, the limit is ${limit}; split the longest by idea`,
    }));
};

/** Whoever knows one service finds everything in the next: the same names, and a domain outside of all folders. */
export const servicesLookAlike: Law = (files) => {
  const paths = new Set(files.map(({ path }) => path));
  return servicesIn(files).flatMap((unit) => {
    const named = ['README.md', 'src/main.ts', 'src/app.ts', 'src/config.ts'].filter(
      (it) => !paths.has(`${unit}/${it}`),
    );
    const missing = [...named, ...(hasDomain(paths, unit) ? [] : ['a domain file (src/<name>.ts)'])];
    return missing.map((it) => ({ file: unit, rule: 'service', why: `has no ${it}; every service has one` }));
  });
};

function hasDomain(paths: Set<string>, unit: string): boolean {
  const others = [...paths].filter((path) => path.startsWith(`${unit}/src/`) && path !== `${unit}/src/config.ts`);
  return others.some((path) => roleOf(path)?.kind === 'domain');
}

function linesOf({ text }: SourceFile): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

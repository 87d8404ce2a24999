import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { describeViolation } from './architecture/law.ts';
import { laws } from './architecture/laws.ts';
import { nearMisses } from './architecture/near-misses.ts';
import { lawfulTree, plant } from './architecture/planted.ts';
import { readSources, type SourceFile } from './architecture/sources.ts';
import { violations } from './architecture/violations.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('this repository', () => {
  const repository = readSources(root);

  it.for(Object.entries(laws))('keeps: %s', ([, law]) => {
    expect(law(repository).map(describeViolation)).toEqual([]);
  });

  it('is read with the laws themselves, and without what is installed', () => {
    const paths = repository.map(({ path }) => path);
    expect(paths).toContain('test/architecture.test.ts');
    expect(paths.filter((path) => path.includes('node_modules'))).toEqual([]);
  });
});

describe('a law is broken', () => {
  const cases = Object.entries(violations).flatMap(([name, planted]) => planted.map((it) => [name, ...it] as const));

  it.for(cases)('%s: %s', ([name, title, path, text]) => {
    const [found] = laws[name]?.(plant([title, path, text])) ?? [];
    expect(path.startsWith(found?.file ?? 'nothing was found')).toBe(true);
    // The planted line is the first one with something on it; a law about whole files names none.
    expect(found?.line ?? lineOfContent(text)).toBe(lineOfContent(text));
  });
});

describe('the laws together', () => {
  const broken = (files: readonly SourceFile[]) =>
    Object.values(laws).flatMap((law) => law(files).map(describeViolation));

  it('let a lawful tree pass', () => {
    expect(broken(lawfulTree)).toEqual([]);
  });

  it.for(nearMisses)('let pass: %s', (planted) => {
    expect(broken(plant(planted))).toEqual([]);
  });

  it('are all tried on violations', () => {
    expect(Object.keys(violations)).toEqual(Object.keys(laws));
  });

  it('say where, what, why and what to do instead', () => {
    const found = broken(plant(['', 'apps/groupz/src/http/groups.ts', "\nimport { list } from '../azure/arm.ts';"]));
    expect(found).toEqual([
      'apps/groupz/src/http/groups.ts:2 [directions] imports ../azure/arm.ts: ' +
        'http/ and azure/ never import each other; let both meet in a domain file (src/<name>.ts)',
    ]);
  });

  it('refuse a file that does not parse, by its name', () => {
    expect(() => broken(plant(['', 'apps/groupz/src/a.ts', 'import {']))).toThrow('apps/groupz/src/a.ts');
  });
});

describe('most files are short', () => {
  const law = laws['most files are short'] ?? (() => []);
  const files = (lengths: number[]) => lengths.map((lines, i) => ({ path: `${i}.ts`, text: '//\n'.repeat(lines) }));

  it('counts the middle file of all', () => {
    expect(law(files([1, 60, 150]))).toEqual([]);
    expect(law(files([1, 61, 62])).map(describeViolation)).toEqual([
      '3 source files [sizes] the median is 61 lines, the limit is 60; split the longest by idea',
    ]);
  });

  it('counts the nine shortest files of ten', () => {
    expect(law(files([...Array(8).fill(10), 150, 250]))).toEqual([]);
    expect(law(files([...Array(8).fill(10), 151, 250]))).toHaveLength(1);
  });
});

function lineOfContent(text: string): number {
  return text.length - text.trimStart().length + 1;
}

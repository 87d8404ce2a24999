import type { Law, Violation } from './law.ts';
import { isRoot, isTest, placeOf, type Role, roleOf, targetOf } from './layout.ts';
import { isSource, type SourceFile } from './sources.ts';
import { importsOf } from './syntax.ts';

/** An import, with the file of this repository that it leads to. */
export type Import = { file: string; line: number; specifier: string; target: string | undefined };

/** Decides on one import: the reason for refusing it, or nothing. */
export type Verdict = (site: Import) => string | undefined;

const transports = new Set(['http', 'scim', 'ws']);

/** Makes a law that looks at imports one by one. */
export function importLaw(rule: string, verdictAmong: (files: readonly SourceFile[]) => Verdict): Law {
  return (files) => {
    const verdict = verdictAmong(files);
    return allImports(files).flatMap((site): Violation[] => {
      const why = verdict(site);
      const { file, line, specifier } = site;
      return why === undefined ? [] : [{ file, line, rule, why: `imports ${specifier}: ${why}` }];
    });
  };
}

/** Inside a service: root -> app -> transport -> domain <- adapter, and folders never meet. */
export const serviceDirections: Law = importLaw('directions', () => ({ file, target }) => {
  if (target === undefined || placeOf(file).unit !== placeOf(target).unit) return undefined;
  const [from, to] = [roleOf(file), roleOf(target)];
  return from && to && refuse(from, to);
});

/** A root runs when it is imported, so that only another root may do that. */
export const rootsStayAlone: Law = importLaw('roots', () => ({ file, target }) => {
  if (target === undefined || !isRoot(target) || isRoot(file)) return undefined;
  return 'a root starts its program when it is imported; import app.ts, or start it as a process';
});

/** What app.ts puts together is used by roots, tests and dev programs, and by nothing that it is made of. */
export const appIsTheTop: Law = importLaw('app', () => ({ file, target }) => {
  if (target === undefined || roleOf(target)?.kind !== 'app' || isRoot(file)) return undefined;
  if (isTest(file) || placeOf(file).area === 'dev') return undefined;
  return 'app.ts is put together from the others; move what is needed here into a domain file (src/<name>.ts)';
});

function refuse(from: Role, to: Role): string | undefined {
  if (from.kind === 'root' || to.kind !== 'folder') return undefined;
  if (from.kind === 'folder') {
    if (from.name === to.name) return undefined;
    return `${from.name}/ and ${to.name}/ never import each other; let both meet in a domain file (src/<name>.ts)`;
  }
  if (from.kind === 'domain') return 'the domain imports no folder; state a port here and let main.ts pass the adapter';
  return transports.has(to.name)
    ? undefined
    : `app.ts knows transports and the domain; let main.ts open ${to.name}/ and pass it as an argument`;
}

function allImports(files: readonly SourceFile[]): Import[] {
  return files
    .filter(({ path }) => isSource(path))
    .flatMap((file) =>
      importsOf(file).map(({ line, specifier }) => ({
        file: file.path,
        line,
        specifier: specifier ?? '(computed)',
        target: specifier === undefined ? undefined : targetOf(file.path, specifier, files),
      })),
    );
}

import { posix } from 'node:path';
import type { SourceFile } from './sources.ts';

/** Where a file stands: in which area, in which package of the workspace, and where inside that package. */
export type Place = { area: 'apps' | 'packages' | 'dev' | 'root'; unit: string; inside: string };

/** What a file of a service's `src` is there for; a folder is named after what it talks to. */
export type Role = { kind: 'root' | 'app' | 'domain' } | { kind: 'folder'; name: string };

/** Web pages: they ship beside the services, and have no routes, no adapters and no root of their own. */
const pages = new Set(['apps/console']);

const roots = new Set(['main.ts', 'migrate.ts']);

/** Finds the workspace package of a path; what lies outside the three workspace folders belongs to the root. */
export function placeOf(path: string): Place {
  const [area, name, ...inside] = path.split('/');
  if (inside.length > 0 && (area === 'apps' || area === 'packages' || area === 'dev')) {
    return { area, unit: `${area}/${name}`, inside: inside.join('/') };
  }
  return { area: 'root', unit: '', inside: path };
}

/** The role of a file in a service; nothing for pages, tests and everything that is not a service. */
export function roleOf(path: string): Role | undefined {
  const { area, unit, inside } = placeOf(path);
  if (area !== 'apps' || pages.has(unit) || !inside.startsWith('src/')) return undefined;
  const [head = '', ...rest] = inside.slice('src/'.length).split('/');
  if (rest.length > 0) return { kind: 'folder', name: head };
  if (roots.has(head)) return { kind: 'root' };
  return { kind: head === 'app.ts' ? 'app' : 'domain' };
}

/** Whether a file is the root of a program: `src/main.ts` of any package, or a second root of a service. */
export function isRoot(path: string): boolean {
  const { area, inside } = placeOf(path);
  return area !== 'root' && inside.startsWith('src/') && roots.has(inside.slice('src/'.length));
}

/** Whether a file is a test or helps one. */
export function isTest(path: string): boolean {
  return path.split('/').includes('test') || path.includes('.test.');
}

/** Whether a file is one that its package is made of: neither a test nor the configuration of a tool. */
export function isProduct(path: string): boolean {
  return placeOf(path).area !== 'root' && !isTest(path) && !/\.config\.[cm]?[jt]s$/.test(path);
}

/** The services that the files contain, as `apps/name`. */
export function servicesIn(files: readonly SourceFile[]): string[] {
  const places = files.map(({ path }) => placeOf(path));
  return [...new Set(places.filter(({ area, unit }) => area === 'apps' && !pages.has(unit)).map(({ unit }) => unit))];
}

/**
 * The file of this repository that an import means: a relative one, or `@seaworthy/<name>/<file>`.
 * Nothing for what comes from Node or the registry.
 */
export function targetOf(from: string, specifier: string, files: readonly SourceFile[]): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier.replace(/[?#].*$/, ''));
  const [, name, inside = ''] = /^@seaworthy\/([^/]+)\/?(.*)$/.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const unit = ['apps', 'packages', 'dev'].map((area) => `${area}/${name}`).find((at) => contains(files, at));
  if (unit === undefined) return undefined;
  // Our packages export `./*` as `./src/*.ts`; one without an export map is entered by the path itself.
  return inside.startsWith('src/') ? `${unit}/${inside}` : `${unit}/src/${inside}.ts`;
}

function contains(files: readonly SourceFile[], unit: string): boolean {
  return files.some(({ path }) => path.startsWith(`${unit}/`));
}

import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { readObjects } from '../kustomize.ts';
import { type Finding, type Manifest, nameOf } from '../manifest.ts';

const rule = 'currency';

/** What is gone, or will be: which manifests are meant, since when, and what there is in its place. */
export interface Retirement {
  api?: string;
  text?: string;
  from: string;
  instead: string;
  source: string;
}

/** The table, `deploy/test/currency.yaml`. */
export function readRetirements(): Retirement[] {
  return parse(readFileSync(join(import.meta.dirname, '../../currency.yaml'), 'utf8'));
}

/** Every manifest of every room, of others' rooms as well: nothing in it is retired by `today`. */
export function currency(repository: string, today: Date, retirements = readRetirements()): Finding[] {
  const retired = retirements.filter(({ from }) => new Date(from) <= today);
  return globSync('deploy/**/*.{yaml,yml,json,env}', { cwd: repository })
    .filter((file) => !file.startsWith('deploy/test/') && !file.includes('/node_modules/'))
    .sort()
    .flatMap((file) => findRetired(file, readFileSync(join(repository, file), 'utf8'), retired));
}

/** What is retired in one file. */
export function findRetired(file: string, text: string, retired: readonly Retirement[]): Finding[] {
  // A comment may tell of what was.
  const content = text.replaceAll(/(^|\s)#.*$/gm, '$1');
  const objects = retired.some(({ api }) => api && content.includes(api.split(' ')[0] ?? api)) ? readAny(text) : [];
  return retired.flatMap(({ api, text: pattern, from, instead, source }) => {
    const why = `is retired since ${from} (${source}): use ${instead}`;
    const place = { root: dirname(file), file, rule, why };
    const found = objects.filter((object) => api && isMeant(object, api));
    return [
      ...found.map((object) => ({ ...place, object: nameOf(object), field: 'apiVersion' })),
      ...(pattern && new RegExp(pattern).test(content) ? [{ ...place, object: '', field: pattern }] : []),
    ];
  });
}

function isMeant({ apiVersion, kind }: Manifest, api: string): boolean {
  const [version, only] = api.split(' ');
  return apiVersion === version && (only === undefined || kind === only);
}

/** Not every YAML is a manifest: settings of a chart are not. */
function readAny(text: string): Manifest[] {
  return readObjects(text).filter((object) => typeof object?.apiVersion === 'string');
}

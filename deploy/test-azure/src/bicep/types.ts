import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Files } from '../files.ts';
import type { Finding } from '../finding.ts';
import { deployTo, environments } from './environment.ts';
import type { Resource } from './resource.ts';
import { mistakesIn, type Shape } from './shape.ts';

interface Type {
  version: string;
  name?: string;
  shape?: Shape;
}

const types: Readonly<Record<string, Type>> = parse(
  readFileSync(join(import.meta.dirname, '../../types.yaml'), 'utf8'),
);
const ofTheTemplate = new Set(['name', 'location', 'tags', 'parent', 'scope', 'dependsOn']);

/** Both environments deploy, and every resource is of a type, a version, a name and a shape that Azure has. */
export function typed(files: Files): Finding[] {
  const found = environments.flatMap((environment) => {
    const { resources, errors } = deployTo(files, environment);
    return [
      ...errors.map(({ file, line, why }): Finding => ({ file: `${file}:${line}`, rule: 'bicep', why })),
      ...resources.flatMap(mistakesOf),
    ];
  });
  return [...new Map(found.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function mistakesOf({ file, line, type, version, name, isExisting, body }: Resource): Finding[] {
  const say = (why: string): Finding => ({ file: `${file}:${line}`, rule: 'types', why: `${type} ${why}` });
  const known = types[type];
  if (!known) return [say('is no type that is known')];
  const own = name.split('/').at(-1) ?? '';
  const asked = Object.fromEntries(Object.entries(body).filter(([key]) => !ofTheTemplate.has(key)));
  return [
    ...(version === known.version
      ? []
      : [say(`has the version ${version}; ${known.version} is the newest stable one`)]),
    ...(known.name && !own.includes('‹') && !new RegExp(known.name).test(own) ? [say(`cannot be called ${own}`)] : []),
    ...(isExisting ? [] : mistakesIn(asked, known.shape ?? {}).map(say)),
  ];
}

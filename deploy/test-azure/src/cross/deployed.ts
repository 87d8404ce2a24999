import { deployTo } from '../bicep/environment.ts';
import type { Resource } from '../bicep/resource.ts';
import type { Value } from '../bicep/values.ts';
import { type Files, matching } from '../files.ts';
import type { Finding } from '../finding.ts';

/** What an environment is, in Bicep and in YAML, for checks that hold the two together. */
export interface Deployed {
  files: Files;
  environment: string;
  resources: Resource[];
  outputs: Record<string, Value>;
}

/** Deploys an environment; what is wrong with its templates, other checks say. */
export function deployed(files: Files, environment: string): Deployed {
  const { resources, outputs } = deployTo(files, environment);
  return { files, environment, resources: resources.filter(({ isExisting }) => !isExisting), outputs };
}

/** The resources of a type; the end of its name is enough. */
export function ofType({ resources }: Pick<Deployed, 'resources'>, type: string): Resource[] {
  return resources.filter((resource) => resource.type.endsWith(`/${type}`));
}

/** Settings by name, of a file of them. */
export function readSettings(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => /^\w+=/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** A finding of these checks. */
export function differs(file: string, why: string): Finding {
  return { file, rule: 'cross', why };
}

/** What stands in Bicep and not in YAML, and the other way round. */
export function unlike(
  file: string,
  what: string,
  [bicep, yaml]: [bicep: readonly string[], yaml: readonly string[]],
): Finding[] {
  return [
    ...yaml.filter((each) => !bicep.includes(each)).map((each) => differs(file, `${what} ${each} is in no template`)),
    ...bicep.filter((each) => !yaml.includes(each)).map((each) => differs(file, `${what} ${each} is in no manifest`)),
  ];
}

/** The parts of all texts that match a pattern, once each. */
export function found(files: Files, path: RegExp, pattern: RegExp): string[] {
  return [
    ...new Set(matching(files, path).flatMap(([, text]) => [...text.matchAll(pattern)].map((it) => it[1] ?? ''))),
  ];
}

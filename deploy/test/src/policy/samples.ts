import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Manifest } from '../manifest.ts';
import { policyFolder, type Rule } from './rule.ts';

/** An object that a rule lets pass, or refuses. */
export interface Sample {
  name: string;
  isAllowed: boolean;
  object: Manifest;
}

/** The samples of a rule: the one that every rule allows, and that one with each of the faults. */
export function samplesOf(repository: string, rule: Rule): Sample[] {
  const text = readFileSync(join(repository, policyFolder, 'allowed', `${rule.target.sample}.yaml`), 'utf8');
  const refused = Object.entries(rule.refused).map(([fault, patch]) => {
    const object: Manifest = parse(text);
    // A Service's name is what it selects.
    if (object.kind !== 'Service') object.metadata.name = `${rule.name}-${fault}`;
    for (const [path, value] of Object.entries(patch)) set(object, path.split('.'), value);
    return { name: `refused-${fault}`, isAllowed: false, object };
  });
  return [{ name: 'allowed', isAllowed: true, object: parse(text) }, ...refused];
}

// biome-ignore lint/suspicious/noExplicitAny: any object
function set(object: any, [head = '', ...rest]: string[], value: unknown): void {
  if (rest.length > 0) {
    object[head] ??= {};
    set(object[head], rest, value);
  } else if (value === null) delete object[head];
  else object[head] = value;
}

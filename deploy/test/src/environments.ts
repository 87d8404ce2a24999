import { basename } from 'node:path';
import type { Check, Finding, Rendered } from './manifest.ts';

/** What ends up in one cluster: the roots whose directory is named alike, as `staging`. */
export interface Environment {
  name: string;
  objects: Rendered[];
}

/** Groups what was rendered by the cluster that it is for. */
export function environmentsOf(rendered: readonly Rendered[]): Environment[] {
  const byName = Map.groupBy(rendered, ({ root }) => basename(root));
  return [...byName].map(([name, objects]) => ({ name, objects }));
}

/** A check that looks at one cluster at a time. */
export function inEachEnvironment(check: (environment: Environment) => Finding[]): Check {
  return (rendered) => environmentsOf(rendered).flatMap(check);
}

/** The objects of a kind. */
export function ofKind({ objects }: Environment, kind: string): Rendered[] {
  return objects.filter(({ object }) => object.kind === kind);
}

/** The object of that kind and name, where there is one. */
export function find(environment: Environment, kind: string, name: string | undefined): Rendered | undefined {
  return ofKind(environment, kind).find(({ object }) => object.metadata.name === name);
}

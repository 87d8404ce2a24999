import { Environment } from '@marcbachmann/cel-js';
import type { Manifest } from '../manifest.ts';
import { type Rule, variablesOf } from './rule.ts';

/** Decides on one object: the names of what is faulty, or `undefined` where the rule is not about it. */
export type Judge = (object: Manifest) => string[] | undefined;

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  enableOptionalTypes: true,
});

/**
 * Evaluates a rule as an API server does. The engine is another one (cel-js), so that this is a test of the rule's logic
 * on any machine; `pnpm verify:cluster` asks the real one.
 */
export function judgeOf(rule: Rule): Judge {
  const steps = variablesOf(rule).map(({ name, expression }) => ({ name, evaluate: environment.parse(expression) }));
  return (object) => {
    if (!isAbout(rule, object)) return undefined;
    const variables: Record<string, unknown> = {};
    for (const { name, evaluate } of steps) variables[name] = evaluate({ object: withIntegers(object), variables });
    return variables['faulty'] as string[];
  };
}

function isAbout({ target }: Rule, { apiVersion, kind }: Manifest): boolean {
  const of = ({ group, version }: { group: string; version: string }) => (group ? `${group}/${version}` : version);
  return target.resources.some((each) => of(each) === apiVersion && each.kinds.includes(kind));
}

/** CEL tells whole numbers from others; in JavaScript only BigInt does. */
function withIntegers(value: unknown): unknown {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  if (Array.isArray(value)) return value.map(withIntegers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, withIntegers(it)]));
}

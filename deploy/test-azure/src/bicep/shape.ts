import { isLater, type Value } from './values.ts';

/** A shape of deploy/test-azure/types.yaml; the file's head says what its leaves mean. */
export type Shape = string | readonly Shape[] | { readonly [key: string]: Shape };

/** What is wrong with a value, with the path to it. */
export function mistakesIn(value: Value, shape: Shape, path = ''): string[] {
  if (shape === 'any' || value === null) return [];
  if (typeof shape === 'string')
    return fits(value, shape) ? [] : [`${path} is ${JSON.stringify(value)}, and not ${shape}`];
  // Only Azure knows it: a list or an object that another resource has.
  if (isLater(value)) return [];
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((each, i) => mistakesIn(each, shape[0] ?? 'any', `${path}[${i}]`));
  }
  if (typeof value !== 'object' || Array.isArray(value)) return [`${path} is no object`];
  return inObject(value, shape as Readonly<Record<string, Shape>>, path);
}

function inObject(value: Record<string, Value>, shape: Readonly<Record<string, Shape>>, path: string): string[] {
  const at = (key: string) => (path ? `${path}.${key}` : key);
  const known = new Map(Object.entries(shape).map(([key, each]) => [key.replace(/\?$/, ''), each]));
  const missing = Object.keys(shape).filter((key) => !key.endsWith('?') && value[key] === undefined);
  return [
    ...Object.keys(value).flatMap((key) => {
      const inside = known.get(key);
      return inside === undefined ? [`${at(key)} is unknown there`] : mistakesIn(value[key], inside, at(key));
    }),
    ...missing.map((key) => `${at(key)} is missing`),
  ];
}

function fits(value: Value, leaf: string): boolean {
  if (leaf === 'string' || leaf === 'number' || leaf === 'boolean') return typeof value === leaf || isLater(value);
  if (typeof value !== 'string') return false;
  if (isLater(value)) return true;
  return leaf.startsWith('/') ? new RegExp(leaf.slice(1, -1)).test(value) : leaf.split('|').includes(value);
}

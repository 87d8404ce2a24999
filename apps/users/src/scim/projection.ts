import type { Json } from '../user.ts';
import { Refusal } from './refusal.ts';
import type { Attribute } from './schemas/attribute.ts';
import { type AttributePath, attributePath } from './schemas/attribute-path.ts';
import { isObject, type Values } from './schemas/read-value.ts';

/** Which attributes a client wants to see (RFC 7644, section 3.9). Names that mean nothing are passed over. */
export interface Projection {
  only?: readonly AttributePath[];
  without?: readonly AttributePath[];
}

/** @throws Refusal `invalidValue` when both are there: each says what the other leaves open */
export function projectionOf(
  attributes: readonly string[] | undefined,
  excludedAttributes: readonly string[] | undefined,
): Projection {
  if (attributes && excludedAttributes)
    throw new Refusal('invalidValue', 'Send either attributes or excludedAttributes, not both.');
  if (attributes) return { only: pathsOf(attributes) };
  return excludedAttributes ? { without: pathsOf(excludedAttributes) } : {};
}

/** The parts of a resource that are wanted; its `id` and `schemas` always are. */
export function project(resource: Values, { only, without }: Projection): Values {
  if (only) return { ...selected(resource, only), ...always(resource) };
  if (!without) return resource;
  const rest = without.reduce((left, path) => withoutPath(left, path), resource);
  return { ...always(resource), ...rest };
}

function pathsOf(names: readonly string[]): AttributePath[] {
  return names.flatMap((name) => {
    const path = attributePath(name.trim());
    return path ? [path] : [];
  });
}

function always({ schemas = [], id = '' }: Values): Values {
  return { schemas, id };
}

function selected(values: Values, paths: readonly AttributePath[]): Values {
  const kept = Object.entries(values).flatMap(([name, value]) => {
    const meant = paths.filter(([first]) => first.name === name);
    if (meant.length === 0) return [];
    const inner = meant.map(([, ...rest]) => rest);
    return inner.some((rest) => rest.length === 0)
      ? [[name, value]]
      : [[name, within(value, (each) => selected(each, inner as unknown as AttributePath[]))]];
  });
  return Object.fromEntries(kept);
}

function withoutPath(values: Values, [first, ...rest]: readonly Attribute[]): Values {
  if (!first || !Object.hasOwn(values, first.name)) return values;
  const { [first.name]: value, ...others } = values;
  return rest.length === 0 ? others : { ...others, [first.name]: within(value, (each) => withoutPath(each, rest)) };
}

function within(value: Json | undefined, change: (values: Values) => Values): Json {
  if (Array.isArray(value)) return value.map((item: Json) => within(item, change));
  return isObject(value) ? change(value) : (value ?? null);
}

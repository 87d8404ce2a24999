import type { Attribute } from './attribute.ts';
import { commonAttributes } from './common-attributes.ts';
import { coreAttributes, coreUrn } from './core-user.ts';
import { enterprise, enterpriseUrn } from './enterprise-user.ts';

/** From an attribute of a user to an attribute within it. Never empty; an extension is one value of the user. */
export type AttributePath = readonly [Attribute, ...Attribute[]];

/** All attributes of a user. */
export const userAttributes: readonly Attribute[] = [...commonAttributes, ...coreAttributes, enterprise];

/** The attribute with this name, in any case (RFC 7643, section 2.1). */
export function attributeNamed(attributes: readonly Attribute[] | undefined, name: string): Attribute | undefined {
  const wanted = name.toLowerCase();
  return attributes?.find((attribute) => attribute.name.toLowerCase() === wanted);
}

/** Follows `name.familyName`, and names with a schema before them (RFC 7644, section 3.10). */
export function attributePath(text: string): AttributePath | undefined {
  const [schema, names] = splitAtSchema(text);
  const steps = names === '' ? [] : names.split('.');
  if (schema === enterprise) return follow([enterprise], steps);
  const [first, ...rest] = steps;
  const attribute = first === undefined ? undefined : attributeNamed(userAttributes, first);
  return attribute && follow([attribute], rest);
}

/** Goes on from a path to what lies within. */
export function follow(path: AttributePath, [name, ...rest]: readonly string[]): AttributePath | undefined {
  if (name === undefined) return path;
  const next = attributeNamed(path.at(-1)?.subAttributes, name);
  return next && follow([...path, next], rest);
}

function splitAtSchema(text: string): [schema: Attribute | undefined, names: string] {
  const folded = text.toLowerCase();
  for (const [urn, schema] of [[coreUrn, undefined] as const, [enterpriseUrn, enterprise] as const]) {
    if (folded === urn.toLowerCase()) return [schema, ''];
    if (folded.startsWith(`${urn.toLowerCase()}:`)) return [schema, text.slice(urn.length + 1)];
  }
  return [undefined, text];
}

import type { Json } from '../../user.ts';
import { quoted, Refusal } from '../refusal.ts';
import type { Attribute } from './attribute.ts';
import { attributeNamed } from './attribute-path.ts';

/** Values by the names of their attributes, as the schemas write them. */
export type Values = Readonly<Record<string, Json>>;

const longestText = 1024;
const mostItems = 50;
// NUL, which Postgres could not store, and its like; line breaks make sense in an address. Halves of surrogate pairs.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const unfit = /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\p{Cs}]/u;

/** Whether a text can be kept. */
export function isFit(text: string): boolean {
  return text.length <= longestText && !unfit.test(text);
}

export function isObject(value: Json | undefined): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads what a client says by what the schemas know: names in any case. What is read-only or unknown is passed over
 * (RFC 7644, section 3.5.1); null and empty lists are as good as nothing (RFC 7643, section 2.5).
 * @throws Refusal for values of another type than the schema says
 */
export function readValues(source: Values, attributes: readonly Attribute[], at = ''): Values {
  const read: Record<string, Json> = {};
  for (const [name, value] of Object.entries(source)) {
    const attribute = attributeNamed(attributes, name);
    if (!attribute || attribute.mutability === 'readOnly') continue;
    const path = at ? `${at}.${attribute.name}` : attribute.name;
    if (Object.hasOwn(read, attribute.name)) throw new Refusal('invalidSyntax', `${path} is there twice.`);
    const kept = readValue(attribute, value, path);
    if (kept !== undefined) read[attribute.name] = kept;
  }
  return read;
}

/** Reads the value of one attribute; `undefined` where there is none in it. */
export function readValue(attribute: Attribute, value: Json, path = attribute.name): Json | undefined {
  if (value === null) return undefined;
  return attribute.multiValued ? readList(attribute, value, path) : readOne(attribute, value, path);
}

function readList(attribute: Attribute, value: Json, path: string): Json | undefined {
  if (!Array.isArray(value)) throw new Refusal('invalidValue', `${path} must be a list.`);
  if (value.length > mostItems)
    throw new Refusal('invalidValue', `${path} must not have more than ${mostItems} values.`);
  const items = value.flatMap((item: Json) => (item === null ? [] : (readOne(attribute, item, path) ?? [])));
  if (items.filter((item) => isObject(item) && item['primary'] === true).length > 1)
    throw new Refusal('invalidValue', `${path} must not have more than one primary value.`);
  return items.length === 0 ? undefined : items;
}

function readOne({ type, subAttributes }: Attribute, value: Json, path: string): Json | undefined {
  if (type === 'complex') {
    if (!isObject(value)) throw new Refusal('invalidValue', `${path} must be an object.`);
    const read = readValues(value, subAttributes ?? [], path);
    return Object.keys(read).length === 0 ? undefined : read;
  }
  const wanted = type === 'boolean' ? 'boolean' : 'string';
  if (typeof value !== wanted) throw new Refusal('invalidValue', `${path} must be a ${wanted}.`);
  if (typeof value === 'string' && !isFit(value))
    throw new Refusal(
      'invalidValue',
      `${path} must have no control characters, and ${longestText} characters at most: ${quoted(value)}.`,
    );
  return value;
}

import type { Json } from '../../user.ts';
import type { Attribute } from '../schemas/attribute.ts';
import { attributeNamed } from '../schemas/attribute-path.ts';
import { isObject, type Values } from '../schemas/read-value.ts';

/**
 * A value as clients mean it: Entra sends booleans as texts, single values in a list (`[{ "value": "x" }]`), a manager
 * as the id alone. What could be read in two ways stays as it is, and is refused.
 */
export function liberalValue(attribute: Attribute, value: Json): Json {
  if (!attribute.multiValued)
    return liberalItem(attribute, Array.isArray(value) && value.length === 1 ? value[0] : value);
  if (value === null) return null;
  return [value].flat().map((item: Json) => liberalItem(attribute, item));
}

/** The same, of one item of a list. */
export function liberalItem(attribute: Attribute, value: Json): Json {
  const { type, subAttributes } = attribute;
  if (type === 'complex') return isObject(value) ? liberalParts(value, subAttributes) : asValue(attribute, value);
  const plain = isObject(value) && Object.keys(value).join() === 'value' ? (value['value'] as Json) : value;
  return type === 'boolean' ? asTruth(plain) : plain;
}

function liberalParts(value: Values, subAttributes: Attribute['subAttributes']): Values {
  const parts = Object.entries(value).map(([name, each]) => {
    const part = attributeNamed(subAttributes, name);
    return [name, part ? liberalValue(part, each) : each];
  });
  return Object.fromEntries(parts);
}

function asValue({ subAttributes }: Attribute, value: Json): Json {
  const main = attributeNamed(subAttributes, 'value');
  return main && typeof value === 'string' ? { [main.name]: value } : value;
}

function asTruth(value: Json): Json {
  const text = typeof value === 'string' ? value.toLowerCase() : value;
  if (text === 'true') return true;
  return text === 'false' ? false : value;
}

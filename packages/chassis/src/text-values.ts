import type { TSchema } from 'typebox';

interface SchemaShape {
  type?: string;
  items?: SchemaShape;
  properties?: Record<string, SchemaShape>;
}

/**
 * Reads text (environment variables, query parameters) as the values that an object schema asks for.
 * What cannot be read is left as it is, so that validation names it. Stricter than a general conversion on purpose:
 * `1.5` never becomes the integer 1, nor `true` the number 1.
 */
export function readTextValues(schema: TSchema, texts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const properties = (schema as SchemaShape).properties ?? {};
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return [name, property ? readText(property, text) : text];
    }),
  );
}

function readText(schema: SchemaShape, text: unknown): unknown {
  if (schema.type === 'array') return [text].flat().map((item) => readText(schema.items ?? {}, item));
  if (typeof text !== 'string') return text;
  if (schema.type === 'integer' || schema.type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (schema.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

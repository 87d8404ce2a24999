import type { Json } from '../user.ts';
import { quoted, Refusal } from './refusal.ts';
import { userAttributes } from './schemas/attribute-path.ts';
import { coreUrn } from './schemas/core-user.ts';
import { isObject, readValues, type Values } from './schemas/read-value.ts';

/** What a client can say of a user: by the names of SCIM, without what the service adds. */
export type UserDocument = Values;

/**
 * Reads a whole user.
 * @throws Refusal
 */
export function readDocument(body: unknown): UserDocument {
  return readValues(readMessage(body, coreUrn), userAttributes);
}

/**
 * Reads a message, which has to say what it is (RFC 7644, section 3.1).
 * @throws Refusal `invalidSyntax`
 */
export function readMessage(body: unknown, urn: string): Values {
  if (!isObject(body as Json)) throw new Refusal('invalidSyntax', 'The body must be a JSON object.');
  const message = body as Values;
  const schemas = memberOf(message, 'schemas');
  const isNamed = (name: Json) => typeof name === 'string' && name.toLowerCase() === urn.toLowerCase();
  if (!Array.isArray(schemas) || !schemas.some(isNamed))
    throw new Refusal('invalidSyntax', `schemas must be a list with ${quoted(urn)}.`);
  return message;
}

/** A member of a message, whatever the case of its name. */
export function memberOf(message: Values, name: string): Json | undefined {
  const found = Object.keys(message).find((each) => each.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : message[found];
}

import type { Json } from '../../user.ts';
import { memberOf, readMessage } from '../document.ts';
import { Refusal } from '../refusal.ts';
import { isObject, type Values } from '../schemas/read-value.ts';

/**
 * A step of a PATCH (RFC 7644, section 3.5.2). Without a path the value is an object of attributes. `put` is a `replace`
 * that makes what there is not.
 */
export type Operation =
  | { op: 'add' | 'replace' | 'put'; path?: string; value: Json }
  | { op: 'remove'; path: string; value?: Json };

const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const mostOperations = 100;

/**
 * Reads the body of a PATCH. Names of operations are taken in any case, as Entra writes `Add`. Its `Replace` may mean
 * what is not there yet, and is a `put`; a `replace` as the RFC writes it must find something (section 3.5.2.3).
 * @throws Refusal `invalidSyntax`, or `noTarget` for a removal of nothing in particular
 */
export function readOperations(body: unknown): Operation[] {
  const operations = memberOf(readMessage(body, patchUrn), 'Operations');
  if (!Array.isArray(operations) || operations.length === 0)
    throw new Refusal('invalidSyntax', 'Operations must be a list with at least one operation.');
  if (operations.length > mostOperations)
    throw new Refusal('invalidSyntax', `There must not be more than ${mostOperations} Operations.`);
  return operations.map((operation: Json) => readOperation(operation));
}

function readOperation(operation: Json): Operation {
  if (!isObject(operation)) throw new Refusal('invalidSyntax', 'Each of Operations must be an object.');
  const op = readOp(memberOf(operation, 'op'));
  const path = readPath(operation);
  const value = memberOf(operation, 'value');
  if (op === 'remove') {
    if (path === undefined) throw new Refusal('noTarget', 'A remove operation must have a path.');
    return value === undefined ? { op, path } : { op, path, value };
  }
  if (value === undefined) throw new Refusal('invalidValue', `An operation to ${op} must have a value.`);
  return path === undefined ? { op, value } : { op, path, value };
}

function readOp(written: Json | undefined): Operation['op'] {
  const op = typeof written === 'string' ? written.toLowerCase() : undefined;
  if (op === 'replace') return written === 'Replace' ? 'put' : op;
  if (op === 'add' || op === 'remove') return op;
  throw new Refusal('invalidSyntax', 'op must be one of add, remove and replace.');
}

function readPath(operation: Values): string | undefined {
  const path = memberOf(operation, 'path') ?? undefined;
  if (path === undefined || typeof path === 'string') return path === '' ? undefined : path;
  throw new Refusal('invalidPath', 'path must be a string.');
}

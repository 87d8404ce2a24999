import type { Json, UserRecord } from '../../user.ts';
import type { UserDocument } from '../document.ts';
import { Refusal } from '../refusal.ts';
import { documentOf } from '../resource.ts';
import type { Attribute } from '../schemas/attribute.ts';
import { attributeNamed, userAttributes } from '../schemas/attribute-path.ts';
import { isObject, readValue, readValues, type Values } from '../schemas/read-value.ts';
import { changeItems } from './change-items.ts';
import { liberalValue } from './liberal-value.ts';
import type { Operation } from './operations.ts';
import { findTarget, type Target, targetOf } from './target.ts';

/**
 * The document of a user after all operations, in their order.
 * @throws Refusal for the first one that cannot be carried out
 */
export function applyOperations(user: UserRecord, operations: readonly Operation[]): UserDocument {
  const changed = operations.reduce((document, operation) => applyOne(document, operation, user), documentOf(user));
  const read = readValues(changed, userAttributes); // for what only shows at the end, such as lists that are too long
  return { active: user.status === 'active', ...read }; // who is not said to be either stays what he is
}

function applyOne(document: UserDocument, operation: Operation, user: UserRecord): UserDocument {
  const { op, path, value } = operation;
  if (path !== undefined) return change(document, targetOf(path), { op, value });
  if (!isObject(value)) throw new Refusal('invalidValue', 'Without a path the value must be an object of attributes.');
  return Object.entries(value).reduce((changed, [name, each]) => {
    const target = findTarget(name);
    if (!target || isToldBack(target, each, user)) return changed;
    return change(changed, target, { op, value: each });
  }, document);
}

/** Whoever sends a whole resource says also what only we can say: that means nothing, but for the id of another user. */
function isToldBack({ path, sub }: Target, value: Json, { id }: UserRecord): boolean {
  const isReadOnly = [...path, ...(sub ? [sub] : [])].some(({ mutability }) => mutability === 'readOnly');
  return isReadOnly && (path[0].name !== 'id' || value === id);
}

interface Change {
  op: Operation['op'];
  value?: Json | undefined;
}

function change(document: UserDocument, target: Target, operation: Change): UserDocument {
  const { path, sub } = target;
  if (path[0].name === 'schemas') return document; // follows from what there is
  const readOnly = [...path, ...(sub ? [sub] : [])].find(({ mutability }) => mutability === 'readOnly');
  if (readOnly) throw new Refusal('mutability', `${readOnly.name} cannot be changed.`);
  const attribute = path.at(-1) as Attribute;
  if (operation.op === 'remove' && attribute.required)
    throw new Refusal('mutability', `${attribute.name} is required: it cannot be removed.`);
  if (!attribute.multiValued) return assign(document, path, operation);
  const items = (document[attribute.name] ?? []) as Values[];
  return withValue(document, attribute, changeItems(items, attribute, { ...operation, target }));
}

/** Changes a single value. What has parts is changed part by part: those that are not named stay. */
function assign(holder: Values, [attribute, ...inner]: readonly Attribute[], { op, value }: Change): Values {
  if (!attribute) return holder;
  const present = holder[attribute.name];
  if (inner.length > 0) {
    const changed = assign(isObject(present) ? present : {}, inner, { op, value });
    return withValue(holder, attribute, changed);
  }
  if (op === 'remove' || value === undefined) return withValue(holder, attribute, undefined);
  const meant = liberalValue(attribute, value);
  if (attribute.type === 'complex' && isObject(meant))
    return withValue(holder, attribute, assignParts(present, attribute, { op, value: meant }));
  return withValue(holder, attribute, readValue(attribute, meant));
}

function assignParts(
  present: Json | undefined,
  { subAttributes }: Attribute,
  { op, value }: { op: Change['op']; value: Values },
): Values {
  return Object.entries(value).reduce<Values>(
    (changed, [name, each]) => {
      const part = attributeNamed(subAttributes, name);
      return part && part.mutability !== 'readOnly' ? assign(changed, [part], { op, value: each }) : changed;
    },
    isObject(present) ? present : {},
  );
}

/** RFC 7643, section 2.5: a value without anything in it is no value. */
function withValue(holder: Values, { name }: Attribute, value: Json | undefined): Values {
  const { [name]: _before, ...others } = holder;
  const empty = value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return empty ? others : { ...others, [name]: value };
}

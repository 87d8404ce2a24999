import { isDeepStrictEqual } from 'node:util';
import { fold, type Json, type UserRecord } from '../../user.ts';
import { matches } from '../../user-filter.ts';
import { quoted, Refusal } from '../refusal.ts';
import type { Attribute } from '../schemas/attribute.ts';
import { attributeNamed } from '../schemas/attribute-path.ts';
import { readValue, type Values } from '../schemas/read-value.ts';
import { equalitiesOf } from './equalities.ts';
import { liberalItem, liberalValue } from './liberal-value.ts';
import type { Operation } from './operations.ts';
import type { Target } from './target.ts';

interface ItemsChange {
  op: Operation['op'];
  value?: Json | undefined;
  target: Pick<Target, 'text' | 'where' | 'sub'>;
}

/**
 * The items of a list after an operation. An item that becomes the primary one takes that from the others (RFC 7644,
 * section 3.5.2).
 * @throws Refusal `noTarget` when a filter chooses none, unless what is added says how to make one
 */
export function changeItems(items: readonly Values[], attribute: Attribute, change: ItemsChange): Values[] {
  const { target, op, value } = change;
  const changed =
    target.where || target.sub ? changeChosen(items, attribute, change) : changeAll(items, attribute, { op, value });
  return onePrimary(items, changed, attribute);
}

function changeAll(
  items: readonly Values[],
  attribute: Attribute,
  { op, value }: Omit<ItemsChange, 'target'>,
): readonly Values[] {
  if (op === 'remove' && value === undefined) return [];
  const given = (readValue(attribute, liberalValue(attribute, value ?? null)) ?? []) as Values[];
  if (op === 'replace' || op === 'put') return given;
  if (op === 'remove') return items.filter((item) => !given.some((each) => says(item, each)));
  return given.reduce<readonly Values[]>((all, item) => withItem(all, item, attribute), items);
}

function changeChosen(
  items: readonly Values[],
  attribute: Attribute,
  { op, value, target }: ItemsChange,
): readonly Values[] {
  const chosen = items.filter((item) => isChosen(item, target));
  if (chosen.length === 0) {
    if (op === 'remove' && !target.where) return items;
    return [...items, made(attribute, { op, value, target })];
  }
  return items.flatMap((item) =>
    chosen.includes(item) ? changedItem(item, attribute, { op, value, target }) : [item],
  );
}

/** An item with the value and the type of one that is there belongs to it (RFC 7643, section 2.4). */
function withItem(items: readonly Values[], item: Values, { subAttributes }: Attribute): readonly Values[] {
  const comparable = ({ value, type }: Values) => [
    attributeNamed(subAttributes, 'value')?.caseExact ? value : folded(value),
    folded(type),
  ];
  const same = items.find((other) =>
    'value' in item ? isDeepStrictEqual(comparable(other), comparable(item)) : isDeepStrictEqual(other, item),
  );
  if (!same) return [...items, item];
  return items.map((other) => (other !== same || says(same, item) ? other : { ...other, ...item }));
}

function isChosen(item: Values, { where }: ItemsChange['target']): boolean {
  return !where || matches(where.filter, {} as UserRecord, item);
}

/** The item after the change; none where nothing of it would be left. */
function changedItem(item: Values, attribute: Attribute, { op, value, target }: ItemsChange): Values[] {
  const { sub } = target;
  if (op === 'remove') {
    if (!sub) return [];
    const { [sub.name]: _removed, ...rest } = item;
    return isWorthKeeping(rest, attribute) ? [rest] : [];
  }
  const given = readItem(attribute, sub, value ?? null);
  if (sub && given === undefined) return changedItem(item, attribute, { op: 'remove', target });
  if (given === undefined) return [];
  return [sub || op === 'add' ? { ...item, ...given } : given];
}

/** Makes the item that is meant, as Entra adds `emails[type eq "work"].value`. */
function made(attribute: Attribute, { op, value, target }: ItemsChange): Values {
  const { where, sub, text } = target;
  const known = where ? equalitiesOf(where.node, attribute) : {};
  const makes = op === 'add' || op === 'put';
  const given = makes ? readItem(attribute, sub, value ?? null) : undefined;
  if (!known || !given) throw new Refusal('noTarget', `${quoted(text)} chooses no value.`);
  return { ...known, ...given };
}

function readItem(attribute: Attribute, sub: Attribute | undefined, value: Json): Values | undefined {
  if (!sub) {
    const one = Array.isArray(value) && value.length === 1 ? (value[0] as Json) : value;
    return readValue({ ...attribute, multiValued: false }, liberalItem(attribute, one)) as Values | undefined;
  }
  const read = readValue(sub, liberalValue(sub, value), `${attribute.name}.${sub.name}`);
  return read === undefined ? undefined : { [sub.name]: read };
}

/** What only describes a value is nothing without it. */
function isWorthKeeping(item: Values, { subAttributes }: Attribute): boolean {
  if (attributeNamed(subAttributes, 'value')) return Object.hasOwn(item, 'value');
  return Object.keys(item).some((name) => name !== 'type' && name !== 'primary');
}

function folded(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? fold(value) : value;
}

function says(item: Values, part: Values): boolean {
  return Object.entries(part).every(([name, value]) => isDeepStrictEqual(item[name], value));
}

function onePrimary(before: readonly Values[], after: readonly Values[], { name }: Attribute): Values[] {
  const newest = after.filter((item) => item['primary'] === true && !before.includes(item));
  if (newest.length === 0) return [...after];
  if (newest.length > 1) throw new Refusal('invalidValue', `${name} must not have more than one primary value.`);
  return after.map((item) => (item['primary'] === true && item !== newest[0] ? { ...item, primary: false } : item));
}

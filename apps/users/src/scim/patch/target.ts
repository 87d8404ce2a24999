import type { UserFilter } from '../../user-filter.ts';
import { compileFilter } from '../filter/compile-filter.ts';
import type { FilterNode } from '../filter/filter-node.ts';
import { type NamedPath, parsePath } from '../filter/parse-filter.ts';
import { quoted, Refusal } from '../refusal.ts';
import type { Attribute } from '../schemas/attribute.ts';
import { type AttributePath, attributeNamed, attributePath } from '../schemas/attribute-path.ts';

/** What an operation changes. */
export interface Target {
  /** As the client wrote it. */
  text: string;
  /** To a single value, or to a list. */
  path: AttributePath;
  /** Which items of the list; absent means all of them. */
  where?: { filter: UserFilter; node: FilterNode };
  /** What of the items; absent means the items themselves. */
  sub?: Attribute;
}

/**
 * Looks up a path.
 * @throws Refusal `invalidPath` or `invalidFilter`
 */
export function targetOf(text: string): Target {
  const target = findTarget(text);
  if (target) return target;
  throw new Refusal('invalidPath', `There is no attribute ${quoted(text)}.`);
}

/** The same, `undefined` where there is no such attribute. */
export function findTarget(text: string): Target | undefined {
  const named = parsePath(text);
  const path = attributePath(named.name);
  return path && targetAt(text, path, named);
}

function targetAt(text: string, path: AttributePath, { where, sub }: NamedPath): Target | undefined {
  const [first, inner] = path;
  if (!first.multiValued) {
    if (where)
      throw new Refusal('invalidPath', `${first.name} has one value only: no filter can choose among its values.`);
    return { text, path };
  }
  if (where && inner)
    throw new Refusal('invalidPath', `A filter stands behind ${first.name}: ${first.name}[...].${inner.name}.`);
  const name = inner?.name ?? sub;
  const target: Target = { text, path: [first] };
  if (where) target.where = { filter: compileFilter(where, { within: [first] }), node: where };
  if (name === undefined) return target;
  const found = attributeNamed(first.subAttributes, name);
  return found && { ...target, sub: found };
}

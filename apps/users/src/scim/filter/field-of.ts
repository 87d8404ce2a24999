import type { UserField } from '../../user-filter.ts';
import type { Attribute } from '../schemas/attribute.ts';
import { type AttributePath, attributePath, follow } from '../schemas/attribute-path.ts';

/** What a filter can ask of one attribute. */
export interface Askable {
  attribute: Attribute;
  /** The list within which it is asked of each item. */
  some?: readonly string[];
  field: UserField;
}

/** Where names of attributes are looked up: in the user, or in the attribute before the brackets. */
export interface Scope {
  /** The attribute that the names within brackets belong to. */
  within?: AttributePath;
}

/** The path that a name means; `emails` alone is its value, as is `manager`. */
export function pathIn({ within }: Scope, name: string): AttributePath | undefined {
  return within ? follow(within, name.split('.')) : attributePath(name);
}

const fields: Readonly<Record<string, UserField>> = {
  id: 'id',
  externalId: 'externalId',
  userName: 'userName',
  displayName: 'displayName',
  active: 'status',
  'meta.created': 'createdAt',
  'meta.lastModified': 'updatedAt',
};

/** Where the user's record has what a path means; `undefined` where it has nothing of the sort. */
export function askable(path: AttributePath): Askable | undefined {
  const [first, second] = path;
  const attribute = path.at(-1) ?? first;
  const names = path.map(({ name }) => name);
  if (first.multiValued) return { attribute, some: [first.name], field: { item: second ? [second.name] : [] } };
  const field = fields[names.join('.')];
  if (field !== undefined) return { attribute, field };
  return first.name === 'meta' ? undefined : { attribute, field: { profile: names } };
}

/** The attribute that a comparison with a whole means: its value (RFC 7644, section 3.5.2, on `value`). */
export function valuePath(path: AttributePath): AttributePath {
  return path.at(-1)?.type === 'complex' ? (follow(path, ['value']) ?? path) : path;
}

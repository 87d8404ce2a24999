import { emailsOf, fold, type Json, type UserRecord } from './user.ts';

/** How a field can be compared. `ne` holds also where the field is absent; every other one does not. */
export type Comparison = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** What of a user can be compared. */
export type UserField =
  | 'id'
  | 'email'
  /** What a directory calls the user: the e-mail address where it says nothing else. */
  | 'userName'
  | 'displayName'
  | 'status'
  | 'externalId'
  | 'createdAt'
  | 'updatedAt'
  /** A single value within the profile, by its path. */
  | { readonly profile: readonly string[] }
  /** Within `some`: a member of the item, or with an empty path the item itself. */
  | { readonly item: readonly string[] };

export type FilterValue = string | number | boolean;

/**
 * Which users are meant: what both faces make of their filters. Texts are compared whatever their case, unless
 * `exactCase`; `id`, `status` and `externalId` always exactly. Times are ISO 8601 in UTC with milliseconds.
 */
export type UserFilter =
  | { readonly all: readonly UserFilter[] }
  | { readonly any: readonly UserFilter[] }
  | { readonly not: UserFilter }
  | { readonly field: UserField; readonly is: 'present' }
  | {
      readonly field: UserField;
      readonly is: Comparison;
      readonly value: FilterValue;
      readonly exactCase?: true | undefined;
    }
  /** A list within the profile has an item for which this holds. `['emails']` are all addresses, as `emailsOf` says. */
  | { readonly some: readonly string[]; readonly where: UserFilter };

/** Fields that mean what they are, to the letter. */
export const exactFields: ReadonlySet<UserField> = new Set(['id', 'status', 'externalId']);

/** Whether a filter means this user. */
export function matches(filter: UserFilter, user: UserRecord, item?: Json): boolean {
  if ('all' in filter) return filter.all.every((part) => matches(part, user, item));
  if ('any' in filter) return filter.any.some((part) => matches(part, user, item));
  if ('not' in filter) return !matches(filter.not, user, item);
  if ('some' in filter) return listAt(filter.some, user).some((each) => matches(filter.where, user, each));
  const value = valueFor(filter.field, user, item);
  if (filter.is === 'present') return isPresent(value);
  if (filter.is === 'ne') return !compares('eq', value, filter);
  return compares(filter.is, value, filter);
}

function compares(
  is: Exclude<Comparison, 'ne'>,
  value: Json | undefined,
  { field, value: wanted, exactCase }: { field: UserField; value: FilterValue; exactCase?: true | undefined },
): boolean {
  if (typeof value !== typeof wanted) return false;
  const exact = exactCase === true || exactFields.has(field);
  const [left, right] = [value, wanted].map((each) => (typeof each === 'string' && !exact ? fold(each) : each)) as [
    FilterValue,
    FilterValue,
  ];
  return tests[is](left, right);
}

const tests: Readonly<Record<Exclude<Comparison, 'ne'>, (left: FilterValue, right: FilterValue) => boolean>> = {
  eq: (left, right) => left === right,
  co: (left, right) => String(left).includes(String(right)),
  sw: (left, right) => String(left).startsWith(String(right)),
  ew: (left, right) => String(left).endsWith(String(right)),
  gt: (left, right) => left > right,
  ge: (left, right) => left >= right,
  lt: (left, right) => left < right,
  le: (left, right) => left <= right,
};

function valueFor(field: UserField, user: UserRecord, item: Json | undefined): Json | undefined {
  if (field === 'userName') return user.userName ?? user.email;
  if (typeof field === 'string') return user[field];
  return 'profile' in field ? valueAt(field.profile, user.profile) : valueAt(field.item, item);
}

function listAt(path: readonly string[], user: UserRecord): readonly Json[] {
  const list = path[0] === 'emails' && path.length === 1 ? emailsOf(user) : valueAt(path, user.profile);
  return Array.isArray(list) ? list : [];
}

function valueAt(path: readonly string[], from: Json | undefined): Json | undefined {
  let value = from;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    value = (value as Record<string, Json>)[name];
  }
  return value;
}

/** RFC 7644, section 3.4.2.2: an empty value is as good as none. */
function isPresent(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

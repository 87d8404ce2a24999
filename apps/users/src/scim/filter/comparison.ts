import { instantOf } from '../../instant.ts';
import type { Comparison, FilterValue, UserField, UserFilter } from '../../user-filter.ts';
import { Refusal } from '../refusal.ts';
import type { Attribute } from '../schemas/attribute.ts';
import { isFit } from '../schemas/read-value.ts';
import type { Comparand, Term } from './filter-node.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const partial: ReadonlySet<string> = new Set(['co', 'sw', 'ew']);

/**
 * What a term says of a field.
 * @throws Refusal `invalidFilter` for values that the attribute cannot have, and operators that make no sense for it
 */
export function comparison(term: Term, attribute: Attribute, field: UserField): UserFilter {
  if (term.is === 'present') return { field, is: 'present' };
  const { is, value } = term;
  if (value === null) return absence(term, field);
  if (attribute.type === 'complex') throw refusal(term, 'has parts: name one of them');
  if (attribute.type === 'boolean') return truth(term, field);
  if (typeof value !== 'string' || !isFit(value)) throw refusal(term, 'is compared with a text that it can have');
  if (attribute.type === 'dateTime') return { field, is, value: instantIn(term, value) };
  if (field === 'id' && is === 'eq' && !uuid.test(value)) return { any: [] };
  if (field === 'id' && is === 'ne' && !uuid.test(value)) return { all: [] };
  return text(attribute, { field, is, value });
}

function text(
  { caseExact }: Attribute,
  compared: { field: UserField; is: Comparison; value: FilterValue },
): UserFilter {
  return typeof compared.field === 'object' && caseExact ? { ...compared, exactCase: true } : compared;
}

/** RFC 7643, section 2.5: null is as good as no value. */
function absence(term: Term, field: UserField): UserFilter {
  const present: UserFilter = { field, is: 'present' };
  if (term.is === 'ne') return present;
  if (term.is === 'eq') return { not: present };
  throw refusal(term, 'is compared with null by eq and ne only');
}

/** RFC 7644, table 3: booleans have no order. Texts are taken, as Entra sends them. */
function truth(term: Term & { is: Comparison; value: Comparand }, field: UserField): UserFilter {
  const value = readTruth(term.value);
  if (value === undefined || (term.is !== 'eq' && term.is !== 'ne'))
    throw refusal(term, 'is compared with true and false by eq and ne only');
  return { field, is: term.is, value: field === 'status' ? statuses[`${value}`] : value };
}

const statuses = { true: 'active', false: 'suspended' } as const;

function readTruth(value: Comparand): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = String(value).toLowerCase();
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

function instantIn(term: Term, value: string): string {
  const instant = instantOf(value);
  if (instant === undefined) throw refusal(term, 'is compared with a date and time such as "2026-11-23T00:00:00Z"');
  if (partial.has(term.is)) throw refusal(term, 'has no parts: compare it by eq, ne, gt, ge, lt and le');
  return instant;
}

function refusal({ name, at }: Term, detail: string): Refusal {
  return new Refusal('invalidFilter', `At character ${at}: ${name} ${detail}.`);
}

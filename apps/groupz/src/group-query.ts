import type { ResourceGroupField, ResourceGroupQuery } from '@seaworthy/contracts/groupz';

/** Which groups somebody asks for, in the form in which they are compared. Criteria are joined by AND. */
export interface GroupQuery {
  /** In lower case; any of them. Absent: all. */
  subscriptions?: readonly string[];
  /** As Azure writes them, `westeurope`; any of them. */
  locations?: readonly string[];
  /** Each `key:value`; all of them. */
  tags: readonly string[];
  /** In lower case; all of them. */
  tagKeys: readonly string[];
  /** What the name begins with, in lower case. */
  namePrefix?: string;
  /** In lower case; any of them. */
  states?: readonly string[];
  /** In lower case. */
  managedBy?: string;
  sort: Sort;
  /** The fields to answer; absent: all. */
  fields?: readonly ResourceGroupField[];
}

export type Sort = NonNullable<ResourceGroupQuery['sort']>;

/**
 * Whether a text like `key:value` means that tag. Azure regards the case of values, but not of keys. Both may contain
 * colons (`hidden-link:/subscriptions/...`), so that the tag says where the key ends, and not the text.
 */
export function meansTag(text: string, key: string, value: string): boolean {
  const end = key.length;
  if (text.length !== end + 1 + value.length || text[end] !== ':' || !text.endsWith(value)) return false;
  return fold(text.slice(0, end)) === fold(key);
}

/** A region as Azure writes it in an id: `West Europe` is `westeurope`. */
export function locationKey(location: string): string {
  return fold(location).replaceAll(' ', '');
}

/**
 * A text as Azure compares it where case does not matter: character by character (.NET's OrdinalIgnoreCase), so that
 * neither locale nor neighbours take part, and the length stays. `\u03A3`, `\u03C3` and `\u03C2` (sigma) are one letter,
 * `\u0130` (dotted I) and `i` are two.
 */
export function fold(text: string): string {
  return isAscii(text) ? text.toLowerCase() : Array.from(text, foldCharacter).join('');
}

function foldCharacter(character: string): string {
  const upper = simpleMapping(character, character.toUpperCase());
  return simpleMapping(upper, upper.toLowerCase());
}

/** Mappings to several characters, and from other letters into ASCII, are no matter of case for Azure. */
function simpleMapping(from: string, to: string): string {
  return to.length === from.length && isAscii(from) === isAscii(to) ? to : from;
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what ASCII is
  return /^[\x00-\x7F]*$/.test(text);
}

/** The query as one text: equal for queries that mean the same, whatever the order of their repeated criteria. */
export function queryKey(query: GroupQuery): string {
  const { subscriptions, locations, tags, tagKeys, namePrefix, states, managedBy, sort, fields } = query;
  const sets = [subscriptions, locations, tags, tagKeys, states, fields];
  return JSON.stringify([...sets.map((set) => set?.toSorted()), namePrefix, managedBy, sort]);
}

import type { ResourceGroupField, ResourceGroupQuery } from '@seaworthy/contracts/groupz';

/** Which groups somebody asks for, in the form in which they are compared. Criteria are joined by AND. */
export interface GroupQuery {
  /** In lower case; any of them. Absent: all. */
  subscriptions?: readonly string[];
  /** As Azure writes them, `westeurope`; any of them. */
  locations?: readonly string[];
  /** Each `key:value` with the key in lower case; all of them. */
  tags: readonly TagWish[];
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
 * A tag as it was asked for, in every way in which its colons can be read: keys and values may contain colons, too
 * (`hidden-link:/subscriptions/...`).
 */
export type TagWish = readonly string[];

/** Reads `key:value`; `undefined` where there is no colon after a key. */
export function readTagWish(text: string): TagWish | undefined {
  const colons = [...text.matchAll(/:/g)].map(({ index }) => index).filter((index) => index > 0);
  if (colons.length === 0) return undefined;
  return colons.map((at) => tagText(text.slice(0, at), text.slice(at + 1)));
}

/** A tag as one text to compare: Azure regards the case of values, but not of keys. */
export function tagText(key: string, value: string): string {
  return `${fold(key)}:${value}`;
}

/** A region as Azure writes it in an id: `West Europe` is `westeurope`. */
export function locationKey(location: string): string {
  return fold(location).replaceAll(' ', '');
}

/** A text as Azure compares it where case does not matter; no locale takes part. */
export function fold(text: string): string {
  return text.toLowerCase();
}

/** The query as one text: equal for queries that mean the same, whatever the order of their repeated criteria. */
export function queryKey(query: GroupQuery): string {
  const { subscriptions, locations, tags, tagKeys, namePrefix, states, managedBy, sort, fields } = query;
  const sets = [subscriptions, locations, tags.map((wish) => wish.join('\n')), tagKeys, states, fields];
  return JSON.stringify([...sets.map((set) => set?.toSorted()), namePrefix, managedBy, sort]);
}

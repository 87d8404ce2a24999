import { createHash } from 'node:crypto';
import type { ResourceGroup } from '@seaworthy/contracts/groupz';
import { fold, type GroupQuery, locationKey, meansTag, type Sort } from './group-query.ts';

/** A group with what it is compared by. */
export interface Entry {
  readonly group: ResourceGroup;
  /** The group as JSON: built once, as it is sent again and again. */
  readonly json: string;
  readonly name: string;
  readonly location: string;
  /** Each `key:value`, folded as a whole: two tags may look alike here that differ in the case of their values. */
  readonly tags: ReadonlySet<string>;
  readonly tagKeys: ReadonlySet<string>;
  readonly state: string;
  readonly managedBy: string | undefined;
}

/** Positions of entries in the order of names. */
type Positions = readonly number[];
type Index = ReadonlyMap<string, Positions>;

interface Criterion {
  /** Where the groups that meet it are at most. */
  readonly candidates: Positions;
  meets(entry: Entry): boolean;
}

/** The groups of some subscriptions at one moment, with indexes for every criterion; it never changes. */
export class Catalog {
  /** Equal for equal groups, in whichever process: a digest of them all. */
  readonly id: string;
  /** In the order of names. */
  readonly entries: readonly Entry[];
  readonly #indexes: Indexes;
  readonly #everything: Positions;

  /** Takes the groups in any order. */
  constructor(groups: readonly ResourceGroup[]) {
    this.entries = groups.map(entryOf).sort(byName);
    this.#everything = this.entries.map((_, position) => position);
    this.#indexes = indexesOf(this.entries);
    const hash = createHash('sha256');
    for (const { json } of this.entries) hash.update(json);
    this.id = hash.digest('base64url').slice(0, 16);
  }

  /** The entries that meet all criteria, in the order asked for. */
  find(query: GroupQuery): readonly Entry[] {
    const criteria = this.#criteria(query).sort((a, b) => a.candidates.length - b.candidates.length);
    const candidates = criteria[0]?.candidates ?? this.#everything;
    const found = candidates
      .map((position) => this.entries[position] as Entry)
      .filter((entry) => criteria.every((criterion) => criterion.meets(entry)));
    return inOrder(found, query.sort);
  }

  /** The group of that name in a subscription, both in any case. */
  get(subscriptionId: string, name: string): Entry | undefined {
    const [id, wanted] = [fold(subscriptionId), fold(name)];
    const start = this.#firstNotBefore(wanted);
    for (let at = start; this.entries[at]?.name === wanted; at += 1) {
      if (this.entries[at]?.group.subscriptionId === id) return this.entries[at];
    }
    return undefined;
  }

  #criteria({ subscriptions, locations, tags, tagKeys, namePrefix, states, managedBy }: GroupQuery): Criterion[] {
    const { bySubscription, byLocation, byTag, byTagKey, byState, byManager } = this.#indexes;
    const criteria = [
      subscriptions && anyOf(bySubscription, subscriptions, ({ group }) => group.subscriptionId),
      locations && anyOf(byLocation, locations, ({ location }) => location),
      states && anyOf(byState, states, ({ state }) => state),
      managedBy === undefined ? undefined : anyOf(byManager, [managedBy], (entry) => entry.managedBy),
      ...tags.map((text) => tagged(byTag, text)),
      ...tagKeys.map((key) => ({
        candidates: byTagKey.get(key) ?? [],
        meets: (entry: Entry) => entry.tagKeys.has(key),
      })),
      namePrefix === undefined ? undefined : this.#named(namePrefix),
    ];
    return criteria.filter((criterion) => criterion !== undefined);
  }

  #named(prefix: string): Criterion {
    const from = this.#firstNotBefore(prefix);
    const to = this.#firstNotBefore(`${prefix}\uFFFF`);
    return { candidates: this.#everything.slice(from, to), meets: ({ name }) => name.startsWith(prefix) };
  }

  /** Where the first entry is whose name does not come before the text. */
  #firstNotBefore(text: string): number {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries[middle] as Entry).name < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

interface Indexes {
  bySubscription: Index;
  byLocation: Index;
  byTag: Index;
  byTagKey: Index;
  byState: Index;
  byManager: Index;
}

function indexesOf(entries: readonly Entry[]): Indexes {
  return {
    bySubscription: indexBy(entries, ({ group }) => [group.subscriptionId]),
    byLocation: indexBy(entries, ({ location }) => [location]),
    byTag: indexBy(entries, ({ tags }) => tags),
    byTagKey: indexBy(entries, ({ tagKeys }) => tagKeys),
    byState: indexBy(entries, ({ state }) => [state]),
    byManager: indexBy(entries, ({ managedBy }) => (managedBy === undefined ? [] : [managedBy])),
  };
}

function indexBy(entries: readonly Entry[], keysOf: (entry: Entry) => Iterable<string>): Index {
  const index = new Map<string, number[]>();
  for (const [position, entry] of entries.entries()) {
    for (const key of keysOf(entry)) {
      const positions = index.get(key);
      if (positions) positions.push(position);
      else index.set(key, [position]);
    }
  }
  return index;
}

function anyOf(index: Index, keys: readonly string[], keyOf: (entry: Entry) => string | undefined): Criterion {
  const wanted = new Set(keys);
  return { candidates: union(index, [...wanted]), meets: (entry) => wanted.has(keyOf(entry) ?? '') };
}

function tagged(index: Index, text: string): Criterion {
  const folded = fold(text);
  const isMeant = ([key, value]: [string, string]) => meansTag(text, key, value);
  return {
    candidates: index.get(folded) ?? [],
    meets: ({ tags, group }) => tags.has(folded) && Object.entries(group.tags).some(isMeant),
  };
}

function union(index: Index, keys: readonly string[]): Positions {
  const [first = [], ...others] = keys.flatMap((key) => [index.get(key) ?? []]);
  if (others.length === 0) return first;
  return [...new Set([first, ...others].flat())].sort((a, b) => a - b);
}

// A change of one group leaves the others as they are, and so their entries.
const entries = new WeakMap<ResourceGroup, Entry>();

function entryOf(group: ResourceGroup): Entry {
  const entry = entries.get(group) ?? makeEntry(group);
  entries.set(group, entry);
  return entry;
}

function makeEntry(group: ResourceGroup): Entry {
  return {
    group,
    json: JSON.stringify(group),
    name: fold(group.name),
    location: locationKey(group.location),
    tags: new Set(Object.entries(group.tags).map(([key, value]) => fold(`${key}:${value}`))),
    tagKeys: new Set(Object.keys(group.tags).map(fold)),
    state: fold(group.provisioningState),
    managedBy: group.managedBy === null ? undefined : fold(group.managedBy),
  };
}

/** Orders by name as Azure compares it, then by code units, then by subscription: a total order on every machine. */
function byName(a: Entry, b: Entry): number {
  return (
    compare(a.name, b.name) ||
    compare(a.group.name, b.group.name) ||
    compare(a.group.subscriptionId, b.group.subscriptionId)
  );
}

function inOrder(found: readonly Entry[], sort: Sort): readonly Entry[] {
  const located = sort.endsWith('location') ? found.toSorted((a, b) => compare(a.location, b.location)) : found;
  return sort.startsWith('-') ? located.toReversed() : located;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

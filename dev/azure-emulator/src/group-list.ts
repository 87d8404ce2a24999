import type { ResourceGroup } from './seed.ts';

/** The resource groups of one subscription. Names ignore case; the casing of a group's first name stays. */
export class GroupList {
  readonly #groups: Map<string, ResourceGroup>;
  /** Kept until something changes: a list of ten thousand is read page by page. */
  #sorted: readonly ResourceGroup[] | undefined;

  constructor(groups: readonly ResourceGroup[]) {
    this.#groups = new Map(groups.map((group) => [keyOf(group.name), group]));
  }

  /** In the order of their names in lower case, which paging relies on. */
  get sorted(): readonly ResourceGroup[] {
    this.#sorted ??= [...this.#groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
    return this.#sorted;
  }

  /** Where in `sorted` the groups behind that name begin. The name itself need not be there any more. */
  indexAfter(name: string): number {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keyOf(this.sorted[middle]?.name ?? '') > keyOf(name)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  get(name: string): ResourceGroup | undefined {
    return this.#groups.get(keyOf(name));
  }

  /** Adds a group, or replaces the one of that name. */
  put(group: ResourceGroup): ResourceGroup {
    const stored = { ...group, name: this.get(group.name)?.name ?? group.name };
    this.#groups.set(keyOf(group.name), stored);
    this.#sorted = undefined;
    return stored;
  }

  /** Whether there was such a group to delete. */
  delete(name: string): boolean {
    this.#sorted = undefined;
    return this.#groups.delete(keyOf(name));
  }
}

function keyOf(name: string): string {
  return name.toLowerCase();
}

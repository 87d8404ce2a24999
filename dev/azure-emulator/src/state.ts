import type { Application, ResourceGroup, Seed, Subscription } from './seed.ts';

/** What the emulated tenant holds now: the seed, and the changes made since. Lookups ignore case, as Azure does. */
export class State {
  readonly #seed: Seed;
  readonly #groups = new Map<string, Map<string, ResourceGroup>>();

  constructor(seed: Seed) {
    this.#seed = seed;
    this.reset();
  }

  /** Puts every resource group back to what the seed says. */
  reset(): void {
    for (const { id, resourceGroups } of this.#seed.subscriptions) {
      this.#groups.set(id, new Map(resourceGroups.map((group) => [group.name.toLowerCase(), structuredClone(group)])));
    }
  }

  get tenant(): Seed['tenant'] {
    return this.#seed.tenant;
  }

  get seed(): Seed {
    return this.#seed;
  }

  get applications(): readonly Application[] {
    return this.#seed.applications;
  }

  get subscriptions(): readonly Subscription[] {
    return this.#seed.subscriptions;
  }

  /** Whether the path segment names this tenant, by id or by domain. */
  isTenant(segment: string): boolean {
    const name = segment.toLowerCase();
    return name === this.tenant.id || name === this.tenant.domain.toLowerCase();
  }

  /** Whether tokens are issued for the resource; a trailing slash makes no difference. */
  isResource(resource: string): boolean {
    const plain = resource.replace(/\/$/, '').toLowerCase();
    return this.#seed.resources.some((known) => known.replace(/\/$/, '').toLowerCase() === plain);
  }

  application(clientId: string): Application | undefined {
    const id = clientId.toLowerCase();
    return this.applications.find((application) => application.clientId === id);
  }

  subscription(id: string): Subscription | undefined {
    const wanted = id.toLowerCase();
    return this.subscriptions.find((subscription) => subscription.id === wanted);
  }

  /** The groups of a subscription in the order of their names, which paging relies on. */
  groups(subscription: Subscription): ResourceGroup[] {
    return [...this.#of(subscription)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  }

  group(subscription: Subscription, name: string): ResourceGroup | undefined {
    return this.#of(subscription).get(name.toLowerCase());
  }

  /** Adds a group, or replaces the one of that name; the casing of the first name stays. */
  putGroup(subscription: Subscription, group: ResourceGroup): ResourceGroup {
    const key = group.name.toLowerCase();
    const stored = { ...group, name: this.#of(subscription).get(key)?.name ?? group.name };
    this.#of(subscription).set(key, stored);
    return stored;
  }

  /** Whether there was such a group to delete. */
  deleteGroup(subscription: Subscription, name: string): boolean {
    return this.#of(subscription).delete(name.toLowerCase());
  }

  /** The whole state in the shape of a seed. */
  snapshot(): Seed {
    const subscriptions = this.subscriptions.map((each) => ({ ...each, resourceGroups: this.groups(each) }));
    return { ...this.#seed, subscriptions };
  }

  #of(subscription: Subscription): Map<string, ResourceGroup> {
    return this.#groups.get(subscription.id) ?? new Map<string, ResourceGroup>();
  }
}

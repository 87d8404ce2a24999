import { findApi, plainResource } from './apis.ts';
import { GroupList } from './group-list.ts';
import type { Application, SubscriptionDescription as Description, ResourceGroup, Seed } from './seed.ts';

/** What the emulated tenant holds now: the seed, and the changes made since. Lookups ignore case, as Azure does. */
export class State {
  readonly #seed: Seed;
  readonly #subscriptions = new Map<string, { readonly description: Description; readonly groups: GroupList }>();
  /** Ids of the subscriptions each client may read. */
  readonly #access = new Map<string, Set<string>>();

  constructor(seed: Seed) {
    this.#seed = seed;
    this.reset();
  }

  /** Puts everything back to what the seed says. */
  reset(): void {
    this.#subscriptions.clear();
    for (const { resourceGroups, ...description } of this.#seed.subscriptions) {
      this.#subscriptions.set(description.id, { description, groups: new GroupList(structuredClone(resourceGroups)) });
    }
    for (const { clientId, subscriptions } of this.#seed.applications)
      this.#access.set(clientId, new Set(subscriptions));
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

  get subscriptions(): readonly Description[] {
    return [...this.#subscriptions.values()].map(({ description }) => description);
  }

  /** The subscriptions that the application was given access to. */
  readable({ clientId }: Application): readonly Description[] {
    return this.subscriptions.filter(({ id }) => this.#access.get(clientId)?.has(id));
  }

  /** Whether the path segment names this tenant, by id or by domain. */
  isTenant(segment: string): boolean {
    const name = segment.toLowerCase();
    return name === this.tenant.id || name === this.tenant.domain.toLowerCase();
  }

  /** Whether tokens are issued for the resource, one of Azure's or an API; a trailing slash makes no difference. */
  isResource(resource: string): boolean {
    const plain = plainResource(resource);
    if (findApi(this.applications, plain) !== undefined) return true;
    return this.#seed.resources.some((known) => plainResource(known) === plain);
  }

  application(clientId: string): Application | undefined {
    const id = clientId.toLowerCase();
    return this.applications.find((application) => application.clientId === id);
  }

  subscription(id: string): Description | undefined {
    return this.#subscriptions.get(id.toLowerCase())?.description;
  }

  /** Adds a subscription, or replaces the description of the one there is. It is read by these applications alone. */
  putSubscription(description: Description, readers: readonly Application[]): void {
    const groups = this.groups(description);
    this.#subscriptions.set(description.id, { description, groups });
    for (const [clientId, ids] of this.#access) {
      if (readers.some((reader) => reader.clientId === clientId)) ids.add(description.id);
      else ids.delete(description.id);
    }
  }

  /** Whether there was such a subscription to delete. */
  deleteSubscription(id: string): boolean {
    return this.#subscriptions.delete(id);
  }

  /** The resource groups of a subscription; none, if there is no such subscription. */
  groups({ id }: { readonly id: string }): GroupList {
    return this.#subscriptions.get(id)?.groups ?? new GroupList([]);
  }

  /** The whole state in the shape of a seed. */
  snapshot(): Seed {
    const resourceGroups = (each: Description): ResourceGroup[] => [...this.groups(each).sorted];
    return {
      ...this.#seed,
      applications: this.applications.map((each) => ({
        ...each,
        subscriptions: this.readable(each).map(({ id }) => id),
      })),
      subscriptions: this.subscriptions.map((each) => ({ ...each, resourceGroups: resourceGroups(each) })),
    };
  }
}

import { locations, subscriptionId, type TenantSize, teams, tenantOf } from './tenant.ts';

/** A group with its subscription beside it. */
export type FlatGroup = { name: string; subscriptionId: string; location: string; tags: Record<string, string> };

/** A query, and the groups that it is meant to find: few enough for one page. */
export type Asked = { query: string; matches: (group: FlatGroup) => boolean };

/** The groups of a tenant in one list, in the order of their names. */
export function flatGroups(size: TenantSize): FlatGroup[] {
  return tenantOf(size)
    .subscriptions.flatMap(({ id, resourceGroups }) =>
      resourceGroups.map(({ name, location, tags = {} }) => ({ name, subscriptionId: id, location, tags })),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What is asked for, by the name that the table has for it. */
export const questions: Readonly<Record<string, (size: TenantSize) => Asked[]>> = {
  'by tag and location': () =>
    pairs(numbers(teams), locations).map(([team, location]) => ({
      query: `tag=owner:team-${team}@example.com&location=${location}`,
      matches: (group) => group.location === location && group.tags['owner'] === `team-${team}@example.com`,
    })),
  'by prefix': () =>
    numbers(200).map((number) => ({
      query: `name=rg-${100 + number}`,
      matches: ({ name }) => name.startsWith(`rg-${100 + number}`),
    })),
  'by subscription and location': ({ subscriptions }) =>
    pairs(numbers(subscriptions), locations).map(([index, location]) => ({
      query: `subscription=${subscriptionId(index)}&location=${location}`,
      matches: (group) => group.location === location && group.subscriptionId === subscriptionId(index),
    })),
};

function pairs<A, B>(first: readonly A[], second: readonly B[]): [A, B][] {
  return first.flatMap((a) => second.map((b): [A, B] => [a, b]));
}

function numbers(length: number): number[] {
  return Array.from({ length }, (_, number) => number);
}

import type { Application, ResourceGroup, SubscriptionDescription } from '../seed.ts';
import type { State } from '../state.ts';
import type { ColumnType, Row } from './expression.ts';
import type { Table } from './operators.ts';

/** The columns that every table of Resource Graph has. */
const COLUMNS: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ['id', 'string'],
  ['name', 'string'],
  ['type', 'string'],
  ['tenantId', 'string'],
  ['kind', 'string'],
  ['location', 'string'],
  ['resourceGroup', 'string'],
  ['subscriptionId', 'string'],
  ['managedBy', 'string'],
  ['sku', 'dynamic'],
  ['plan', 'dynamic'],
  ['properties', 'dynamic'],
  ['tags', 'dynamic'],
  ['identity', 'dynamic'],
  ['zones', 'dynamic'],
  ['extendedLocation', 'dynamic'],
]);

/**
 * The table `resourcecontainers`: the subscriptions that the caller may read, and their resource groups, in the order
 * of their ids. With ids given, only those.
 */
export function resourceContainers(state: State, caller: Application, ids?: readonly string[]): Table {
  const wanted = ids?.map((id) => id.toLowerCase());
  const subscriptions = state
    .readable(caller)
    .filter(({ id }) => wanted === undefined || wanted.includes(id))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const rows = subscriptions.flatMap((subscription) => [
    subscriptionRow(subscription, state.tenant.id),
    ...state.groups(subscription).sorted.map((group) => groupRow(group, subscription.id, state.tenant.id)),
  ]);
  return { columns: COLUMNS, rows };
}

function subscriptionRow({ id, displayName, state }: SubscriptionDescription, tenantId: string): Row {
  return {
    ...emptyRow(),
    id: `/subscriptions/${id}`,
    name: displayName,
    type: 'microsoft.resources/subscriptions',
    tenantId,
    subscriptionId: id,
    properties: { displayName, state },
    tags: {},
  };
}

function groupRow(group: ResourceGroup, subscriptionId: string, tenantId: string): Row {
  return {
    ...emptyRow(),
    id: `/subscriptions/${subscriptionId}/resourceGroups/${group.name}`,
    name: group.name,
    type: 'microsoft.resources/subscriptions/resourcegroups',
    tenantId,
    location: group.location,
    // The service writes this column in lower case.
    resourceGroup: group.name.toLowerCase(),
    subscriptionId,
    managedBy: group.managedBy ?? '',
    properties: { provisioningState: 'Succeeded' },
    tags: group.tags ?? null,
  };
}

function emptyRow(): Row {
  return Object.fromEntries([...COLUMNS].map(([name, type]) => [name, type === 'string' ? '' : null]));
}

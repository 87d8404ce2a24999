import type { Application, ResourceGroup, Seed } from '@seaworthy/azure-emulator/seed';

/** How large an emulated tenant is. */
export type TenantSize = { groups: number; subscriptions: number };

export const locations = ['westeurope', 'northeurope', 'eastus', 'westus2', 'swedencentral', 'uksouth', 'japaneast'];
export const environments = ['prod', 'staging', 'test', 'dev'];
export const teams = 30;

/** A tenant with so many groups, spread evenly; the service's identity reads all its subscriptions. */
export function tenantOf({ groups, subscriptions }: TenantSize): Seed {
  const ids = numbers(subscriptions).map(subscriptionId);
  const all = numbers(groups);
  return {
    tenant: { id: uuid(1), domain: 'bench.onmicrosoft.com', displayName: 'Bench' },
    resources: ['https://management.azure.com'],
    appService: { identityHeader: 'none' },
    applications: [serviceReading(ids)],
    subscriptions: ids.map((id, index) => ({
      id,
      displayName: `Subscription ${index + 1}`,
      state: 'Enabled',
      resourceGroups: all.filter((number) => number % subscriptions === index).map(groupOf),
    })),
  };
}

function serviceReading(subscriptions: string[]): Application {
  const subject = 'system:serviceaccount:seaworthy:groupz';
  return {
    name: 'groupz',
    clientId: uuid(2),
    objectId: uuid(3),
    federatedCredentials: [
      // The emulator puts its own cluster's issuer in the place of the word in braces.
      { name: 'groupz', issuer: '{cluster}', subject, audiences: ['api://AzureADTokenExchange'] },
    ],
    subscriptions,
  };
}

/** The id of the n-th subscription of every tenant. */
export function subscriptionId(index: number): string {
  return uuid(1000 + index);
}

/** Named, placed and tagged as groups of a real tenant are: some words, a number, three tags. */
function groupOf(number: number): ResourceGroup {
  return {
    name: `rg-${number}-${environments[number % environments.length]}-workload`,
    location: locations[number % locations.length] ?? '',
    tags: {
      env: environments[number % environments.length] ?? '',
      costCenter: `CC-${1000 + (number % 50)}`,
      owner: `team-${number % teams}@example.com`,
    },
  };
}

function uuid(number: number): string {
  return `5eaf00d0-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function numbers(length: number): number[] {
  return Array.from({ length }, (_, number) => number);
}

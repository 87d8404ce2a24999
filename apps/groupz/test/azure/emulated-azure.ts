import { type Emulator, SEED_FILE, startEmulator } from '@seaworthy/azure-emulator/emulator';
import { readSeed, type Seed } from '@seaworthy/azure-emulator/seed';
import type { AzureSettings } from '../../src/azure/azure.ts';
import { A, B } from '../refresh-options.ts';

/** Subscriptions of the emulated tenant: A has 14 groups, B has 4, groupz may read the third and not the fourth. */
export const EMPTY = '11111111-2222-4333-8444-555555555555';
export const FORBIDDEN = '66666666-7777-4888-8999-aaaaaaaaaaaa';

/** A group of A. */
export const MANAGED_GROUP = {
  name: 'rg-managed',
  location: 'westeurope',
  managedBy: `/subscriptions/${A}/resourceGroups/rg-aks/providers/Microsoft.ContainerService/managedClusters/aks`,
};

export interface EmulatedAzure extends Emulator {
  /** The settings with which groupz runs in it. */
  settings: AzureSettings;
  tlsOptions: { ca: string };
  /** Asks for a fault of ARM, to be met after those asked for before. */
  fault(fault: { kind: string } & Record<string, unknown>): Promise<void>;
  put(subscriptionId: string, group: { name: string } & Record<string, unknown>): Promise<void>;
  remove(subscriptionId: string, name: string): Promise<void>;
  /** Makes many groups. */
  generate(subscriptionId: string, count: number): Promise<void>;
  /** Gives groupz a new projected token, and refuses those from before. */
  rotateToken(): Promise<void>;
  /** Refuses all access tokens that were issued so far. */
  revokeTokens(): Promise<void>;
  reset(): Promise<void>;
}

/** Azure in a box, with pages of three groups. */
export async function startAzure(): Promise<EmulatedAzure> {
  const emulator = await startEmulator({ seed: seed(), pageSize: 3 });
  const call = async (method: string, path: string, body: object = {}) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${emulator.httpUrl}/_emulator${path}`, {
      method,
      headers,
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  };
  const path = (id: string, name: string) => `/subscriptions/${id}/resourcegroups/${encodeURIComponent(name)}`;
  return {
    ...emulator,
    settings: settingsOf(emulator),
    tlsOptions: { ca: emulator.ca },
    fault: (fault) => call('POST', '/faults', { match: { target: 'arm' }, ...fault }),
    put: (id, { name, ...group }) => call('PUT', path(id, name), group),
    remove: (id, name) => call('DELETE', path(id, name)),
    generate: (id, count) => call('POST', `/subscriptions/${id}/resourcegroups:generate`, { count }),
    rotateToken: () =>
      call('POST', '/tokens/rotate', { namespace: 'seaworthy', serviceAccount: 'groupz', revokeOlder: true }),
    revokeTokens: () => call('POST', '/tokens/revoke'),
    reset: () => call('POST', '/reset'),
  };
}

function seed(): Seed {
  const { subscriptions, applications, ...rest } = readSeed(SEED_FILE);
  const bare = { state: 'Enabled', resourceGroups: [] };
  return {
    ...rest,
    subscriptions: [
      ...subscriptions.map((each) =>
        each.id === A ? { ...each, resourceGroups: [...each.resourceGroups, MANAGED_GROUP] } : each,
      ),
      { ...bare, id: EMPTY, displayName: 'Empty' },
      { ...bare, id: FORBIDDEN, displayName: 'Forbidden' },
    ] as Seed['subscriptions'],
    applications: applications.map((each) =>
      each.name === 'groupz' ? { ...each, subscriptions: [A, B, EMPTY] } : each,
    ),
  };
}

function settingsOf({ seed: { tenant, applications }, httpsUrl, tokenFile }: Emulator): AzureSettings {
  return {
    SOURCE: 'arm',
    AZURE_IDENTITY: 'workload',
    AZURE_TENANT_ID: tenant.id,
    AZURE_CLIENT_ID: applications.find(({ name }) => name === 'groupz')?.clientId ?? '',
    AZURE_FEDERATED_TOKEN_FILE: tokenFile('seaworthy', 'groupz'),
    AZURE_AUTHORITY_HOST: `${httpsUrl}/`,
    ARM_ENDPOINT: httpsUrl,
    ARM_AUDIENCE: 'https://management.azure.com',
  };
}

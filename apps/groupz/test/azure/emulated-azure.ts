import { type Emulator, SEED_FILE, startEmulator } from '@seaworthy/azure-emulator/emulator';
import { readSeed, type Seed } from '@seaworthy/azure-emulator/seed';
import { A, B } from '../refresh-options.ts';

/** Subscriptions of the emulated tenant: A has 13 groups, B has 4, groupz may read the third and not the fourth. */
export const EMPTY = '11111111-2222-4333-8444-555555555555';
export const FORBIDDEN = '66666666-7777-4888-8999-aaaaaaaaaaaa';

export interface EmulatedAzure extends Emulator {
  /** The settings with which groupz runs in it. */
  settings: AzureSettings;
  tlsOptions: { ca: string };
  /** Asks for a fault of ARM, to be met after those asked for before. */
  fault(fault: { kind: string } & Record<string, unknown>): Promise<void>;
  put(subscriptionId: string, name: string): Promise<void>;
  remove(subscriptionId: string, name: string): Promise<void>;
  reset(): Promise<void>;
}

type AzureSettings = Awaited<ReturnType<typeof settingsOf>>;

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
    put: (id, name) => call('PUT', path(id, name)),
    remove: (id, name) => call('DELETE', path(id, name)),
    reset: () => call('POST', '/reset'),
  };
}

function seed(): Seed {
  const { subscriptions, applications, ...rest } = readSeed(SEED_FILE);
  const bare = { state: 'Enabled', resourceGroups: [] };
  return {
    ...rest,
    subscriptions: [
      ...subscriptions,
      { ...bare, id: EMPTY, displayName: 'Empty' },
      { ...bare, id: FORBIDDEN, displayName: 'Forbidden' },
    ] as Seed['subscriptions'],
    applications: applications.map((each) =>
      each.name === 'groupz' ? { ...each, subscriptions: [A, B, EMPTY] } : each,
    ),
  };
}

function settingsOf({ seed: { tenant, applications }, httpsUrl, tokenFile }: Emulator) {
  return {
    AZURE_IDENTITY: 'workload',
    AZURE_TENANT_ID: tenant.id,
    AZURE_CLIENT_ID: applications.find(({ name }) => name === 'groupz')?.clientId ?? '',
    AZURE_FEDERATED_TOKEN_FILE: tokenFile('seaworthy', 'groupz'),
    AZURE_AUTHORITY_HOST: `${httpsUrl}/`,
    ARM_ENDPOINT: httpsUrl,
    ARM_AUDIENCE: 'https://management.azure.com',
  };
}

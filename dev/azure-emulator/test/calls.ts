import { ResourceManagementClient } from '@azure/arm-resources';
import { type TokenCredential, WorkloadIdentityCredential } from '@azure/identity';
import request from 'supertest';
import type { Emulator } from '../src/emulator.ts';

export const ARM_SCOPE = 'https://management.azure.com/.default';
export const USERS_API = 'api://seaworthy-users';
export const GROUPS_VERSION = '2025-04-01';
export const SUBSCRIPTIONS_VERSION = '2022-12-01';

export const tenantId = '6f1d2c3b-4a59-4e68-8c77-9b0a1d2e3f40';
export const production = '0b1f6471-1bf0-4dda-aec3-111111111111';
export const sandbox = '9d2c5a38-7e64-4f0b-b1a9-222222222222';
export const clientIds = {
  groupz: 'c0ffee00-6a2b-4c1d-9e3f-5a7b8c9d0e1f',
  users: 'c0ffee01-6a2b-4c1d-9e3f-5a7b8c9d0e1f',
  'users-api': 'c0ffee03-6a2b-4c1d-9e3f-5a7b8c9d0e1f',
  directory: 'c0ffee04-6a2b-4c1d-9e3f-5a7b8c9d0e1f',
  developer: 'c0ffee05-6a2b-4c1d-9e3f-5a7b8c9d0e1f',
} as const;
type ClientName = keyof typeof clientIds;

/** The real credential, reading the emulator's projected token. */
export function workloadCredential({ httpsUrl, ca, tokenFile }: Emulator): WorkloadIdentityCredential {
  return new WorkloadIdentityCredential({
    tenantId,
    clientId: clientIds.groupz,
    tokenFilePath: tokenFile('seaworthy', 'groupz'),
    authorityHost: httpsUrl,
    disableInstanceDiscovery: true,
    tlsOptions: { ca },
    retryOptions: { maxRetries: 0 },
  });
}

/** The real client for the production subscription, without retries unless asked for. */
export function armClient(emulator: Emulator, maxRetries = 0): ResourceManagementClient {
  return armClientAs(emulator, { credential: workloadCredential(emulator), maxRetries });
}

export function armClientAs(
  { httpsUrl, ca }: Emulator,
  { credential, maxRetries }: { credential: TokenCredential; maxRetries: number },
): ResourceManagementClient {
  return new ResourceManagementClient(credential, production, {
    endpoint: httpsUrl,
    tlsOptions: { ca },
    retryOptions: { maxRetries },
  });
}

export async function groupNames(client: ResourceManagementClient): Promise<(string | undefined)[]> {
  return (await Array.fromAsync(client.resourceGroups.list())).map((group) => group.name);
}

/** A projected token for any account, minted through `/_emulator`. */
export async function projectedToken({ httpUrl }: Emulator, body: object = {}): Promise<string> {
  const account = { namespace: 'seaworthy', serviceAccount: 'groupz' };
  const response = await request(httpUrl)
    .post('/_emulator/tokens')
    .send({ ...account, ...body });
  return response.body.token;
}

/** Posts the client credentials form; a field given as undefined is left out. */
export function exchange(emulator: Emulator, fields: Record<string, string | undefined>): request.Test {
  const form = {
    client_id: clientIds.groupz,
    scope: ARM_SCOPE,
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    ...fields,
  };
  return request(emulator.httpsUrl).post(`/${tenantId}/oauth2/v2.0/token`).ca(emulator.ca).type('form').send(form);
}

/** An access token got the ordinary way. */
export async function accessToken(
  emulator: Emulator,
  { name = 'groupz', scope = ARM_SCOPE }: { name?: ClientName; scope?: string } = {},
): Promise<string> {
  const assertion = await projectedToken(emulator, { serviceAccount: name });
  const response = await exchange(emulator, { client_id: clientIds[name], scope, client_assertion: assertion });
  return response.body.access_token;
}

/** GET on ARM with a token; the path carries its own query. */
export function armGet(emulator: Emulator, path: string, token: string): request.Test {
  return request(emulator.httpsUrl).get(path).ca(emulator.ca).auth(token, { type: 'bearer' });
}

export function askFault({ httpUrl }: Emulator, fault: object): request.Test {
  return request(httpUrl).post('/_emulator/faults').send(fault);
}

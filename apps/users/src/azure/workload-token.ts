import { WorkloadIdentityCredential, type WorkloadIdentityCredentialOptions } from '@azure/identity';
import type { AccessToken } from './entra-passwords.ts';

/** Whom the token is for: every Postgres of Azure. */
const scope = 'https://ossrdbms-aad.database.windows.net/.default';

/** The workload identity, from the settings. */
export interface WorkloadSettings {
  AZURE_TENANT_ID?: string;
  AZURE_CLIENT_ID?: string;
  AZURE_FEDERATED_TOKEN_FILE?: string;
  AZURE_AUTHORITY_HOST: string;
}

/**
 * Makes the function that exchanges the pod's service account token for an access token. Each call takes a new
 * credential: the SDK's keeps the file for five minutes, its tokens until they are nearly over, and a refusal for one.
 */
export function workloadToken(
  settings: WorkloadSettings,
  tlsOptions?: WorkloadIdentityCredentialOptions['tlsOptions'],
): (signal?: AbortSignal) => Promise<AccessToken> {
  const { AZURE_TENANT_ID: tenantId = '', AZURE_CLIENT_ID: clientId = '', AZURE_AUTHORITY_HOST } = settings;
  const { AZURE_FEDERATED_TOKEN_FILE: tokenFilePath = '' } = settings;
  return async (signal) => {
    const credential = new WorkloadIdentityCredential({
      tenantId,
      clientId,
      tokenFilePath,
      authorityHost: AZURE_AUTHORITY_HOST,
      disableInstanceDiscovery: true, // who is configured is believed; the public cloud need not know that host
      retryOptions: { maxRetries: 0 }, // the next connection asks again
      ...(tlsOptions && { tlsOptions }),
    });
    return credential.getToken(scope, signal && { abortSignal: signal });
  };
}

import type { TlsSettings } from '@azure/core-rest-pipeline';
import {
  AzureCliCredential,
  AzureDeveloperCliCredential,
  ChainedTokenCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import { workloadCredential } from './workload-credential.ts';

/** Who to be, from the settings. */
export interface IdentitySettings {
  AZURE_IDENTITY: string;
  AZURE_TENANT_ID?: string;
  AZURE_CLIENT_ID?: string;
  AZURE_FEDERATED_TOKEN_FILE?: string;
  AZURE_AUTHORITY_HOST: string;
}

/**
 * Makes the credential that the settings name, and no other: production never falls back to a login that happens to
 * lie around. It has a cache of its own; `tlsOptions` are for tests, production trusts by NODE_EXTRA_CA_CERTS.
 */
export function createCredential(settings: IdentitySettings, tlsOptions?: TlsSettings): TokenCredential {
  const { AZURE_IDENTITY, AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId } = settings;
  switch (AZURE_IDENTITY) {
    case 'managed':
      return clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
    case 'developer': {
      const tenant = tenantId === undefined ? {} : { tenantId };
      return new ChainedTokenCredential(new AzureCliCredential(tenant), new AzureDeveloperCliCredential(tenant));
    }
    default:
      return workloadCredential(settings, tlsOptions);
  }
}

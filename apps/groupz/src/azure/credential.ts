import type { TlsSettings } from '@azure/core-rest-pipeline';
import {
  AzureCliCredential,
  AzureDeveloperCliCredential,
  ChainedTokenCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import type { AzureCalls } from '../azure-calls.ts';
import { explainFailures, type NamedCredential } from './identity-failures.ts';
import { identityTraffic } from './identity-traffic.ts';
import { workloadCredential } from './workload-credential.ts';

/** Who to be, from the settings. */
export interface IdentitySettings {
  AZURE_IDENTITY: string;
  AZURE_TENANT_ID?: string;
  AZURE_CLIENT_ID?: string;
  AZURE_FEDERATED_TOKEN_FILE?: string;
  AZURE_AUTHORITY_HOST: string;
}

interface CredentialOptions {
  calls: AzureCalls;
  /** For tests; production trusts by NODE_EXTRA_CA_CERTS. */
  tlsOptions: TlsSettings | undefined;
}

/**
 * Makes the maker of the credential that the settings name, and of no other: production never falls back to a login
 * that happens to lie around. What a credential throws is a `SourceFailure`.
 */
export function credentialMaker(settings: IdentitySettings, options: CredentialOptions): () => NamedCredential {
  switch (settings.AZURE_IDENTITY) {
    case 'managed':
      return once(managedCredential(settings.AZURE_CLIENT_ID, options.calls));
    case 'developer':
      return once(developerCredential(settings.AZURE_TENANT_ID));
    case 'workload':
      return () => workloadCredential(settings, options);
    default:
      throw new Error(`AZURE_IDENTITY is ${settings.AZURE_IDENTITY}, which is no identity.`);
  }
}

// The SDK keeps the first managed identity of a process, with its connection and its tokens: another one is none.
function once(credential: NamedCredential): () => NamedCredential {
  return () => credential;
}

function managedCredential(clientId: string | undefined, calls: AzureCalls): NamedCredential {
  const who = clientId === undefined ? {} : { clientId };
  // 404 and 410 are what the machine's identity service answers while it is being updated.
  const traffic = identityTraffic(calls, (status) => [404, 410, 429].includes(status) || status >= 500);
  // Without the SDK's retries, which wait as long as they are told: the next reading asks again.
  const options = { ...who, httpClient: traffic.client, retryOptions: { maxRetries: 0 } };
  const credential = new ManagedIdentityCredential(options);
  const getToken: TokenCredential['getToken'] = (scopes, asked) => {
    traffic.outage = undefined;
    return credential.getToken(scopes, asked);
  };
  return explainFailures(getToken, {
    identity: () => ({ credential: 'managed', ...who }),
    outage: () => traffic.outage,
  });
}

function developerCredential(tenantId: string | undefined): NamedCredential {
  const tenant = tenantId === undefined ? {} : { tenantId };
  const chain = new ChainedTokenCredential(new AzureCliCredential(tenant), new AzureDeveloperCliCredential(tenant));
  return explainFailures((scopes, options) => chain.getToken(scopes, options), {
    identity: () => ({ credential: 'developer', ...tenant }),
  });
}

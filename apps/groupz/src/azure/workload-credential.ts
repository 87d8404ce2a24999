import type { TlsSettings } from '@azure/core-rest-pipeline';
import { ClientAssertionCredential } from '@azure/identity';
import type { AzureCalls } from '../azure-calls.ts';
import { SourceFailure } from '../source-failure.ts';
import { explainFailures, type NamedCredential } from './identity-failures.ts';
import { identityTraffic } from './identity-traffic.ts';
import { retryTransient } from './pipeline-policies.ts';
import { tokenFile } from './token-file.ts';

interface WorkloadSettings {
  AZURE_TENANT_ID?: string;
  AZURE_CLIENT_ID?: string;
  AZURE_FEDERATED_TOKEN_FILE?: string;
  AZURE_AUTHORITY_HOST: string;
}

// The hosts whose metadata MSAL carries; every other authority would first be looked up at Microsoft's public cloud.
const microsoftLogins =
  /^login\.(microsoftonline\.com|microsoftonline\.us|partner\.microsoftonline\.cn|chinacloudapi\.cn|windows\.net|sovcloud-identity\.(fr|de|sg))$/;

// The assertion is outside its times: its file may have been replaced after it was read.
const assertionExpired = 'AADSTS700024';

/**
 * Exchanges the pod's service account token for access tokens. The SDK's WorkloadIdentityCredential keeps what it read
 * for five minutes, which outlives the rotation of a file: here every exchange reads it.
 */
export function workloadCredential(
  settings: WorkloadSettings,
  { calls, tlsOptions }: { calls: AzureCalls; tlsOptions: TlsSettings | undefined },
): NamedCredential {
  const { AZURE_TENANT_ID: tenantId = '', AZURE_CLIENT_ID: clientId = '' } = settings;
  const { AZURE_AUTHORITY_HOST: authorityHost, AZURE_FEDERATED_TOKEN_FILE: path = '' } = settings;
  const file = tokenFile(path);
  const traffic = identityTraffic(calls, (status) => status === 429 || status >= 500);
  let unreadable: SourceFailure | undefined;
  const readAssertion = () =>
    file.read().catch((failure: SourceFailure) => {
      unreadable = failure;
      throw failure;
    });
  const credential = new ClientAssertionCredential(tenantId, clientId, readAssertion, {
    authorityHost,
    disableInstanceDiscovery: !microsoftLogins.test(new URL(authorityHost).hostname),
    retryOptions: { maxRetries: 0 }, // retryTransient does it
    additionalPolicies: [{ policy: retryTransient(), position: 'perCall' }],
    httpClient: traffic.client,
    ...(tlsOptions && { tlsOptions }),
  });
  const exchange = explainFailures(
    (scopes, options) => {
      traffic.outage = undefined;
      unreadable = undefined;
      return credential.getToken(scopes, options);
    },
    {
      identity: () => ({ credential: 'workload', tenantId, clientId, ...file.claims() }),
      outage: () => unreadable ?? (traffic.outage && noToken(traffic.outage, authorityHost)),
      hide: file.hide,
    },
  );
  return { ...exchange, getToken: (scopes, options) => againWhenExpired(() => exchange.getToken(scopes, options)) };
}

async function againWhenExpired<T>(exchange: () => Promise<T>): Promise<T> {
  try {
    return await exchange();
  } catch (error) {
    if (error instanceof SourceFailure && error.evidence.code === assertionExpired) return await exchange();
    throw error;
  }
}

function noToken(outage: SourceFailure, authority: string): SourceFailure {
  return new SourceFailure(outage.reason, `No access token from ${authority}: ${outage.message}`, outage);
}

import type { PipelinePolicy, TlsSettings } from '@azure/core-rest-pipeline';
import { type TokenCredential, WorkloadIdentityCredential } from '@azure/identity';
import { SourceFailure } from '../group-source.ts';
import { retryTransient } from './pipeline-policies.ts';
import { failureOfError, failureOfResponse } from './source-failure.ts';

interface WorkloadSettings {
  AZURE_TENANT_ID?: string;
  AZURE_CLIENT_ID?: string;
  AZURE_FEDERATED_TOKEN_FILE?: string;
  AZURE_AUTHORITY_HOST: string;
}

// The hosts whose metadata MSAL carries; every other authority would first be looked up at Microsoft's public cloud.
const microsoftLogins =
  /^login\.(microsoftonline\.com|microsoftonline\.us|partner\.microsoftonline\.cn|chinacloudapi\.cn|windows\.net|sovcloud-identity\.(fr|de|sg))$/;

/**
 * Exchanges the pod's service account token for access tokens.
 * MSAL hides why Entra could not be reached (`endpoints_resolution_error`): the failure that is thrown says it.
 */
export function workloadCredential(settings: WorkloadSettings, tlsOptions?: TlsSettings): TokenCredential {
  const { AZURE_TENANT_ID = '', AZURE_CLIENT_ID = '', AZURE_FEDERATED_TOKEN_FILE = '' } = settings;
  let outage: SourceFailure | undefined;
  const tell = (found: SourceFailure | undefined) => {
    outage = found;
  };
  const credential = new WorkloadIdentityCredential({
    tenantId: AZURE_TENANT_ID,
    clientId: AZURE_CLIENT_ID,
    tokenFilePath: AZURE_FEDERATED_TOKEN_FILE,
    authorityHost: settings.AZURE_AUTHORITY_HOST,
    disableInstanceDiscovery: !microsoftLogins.test(new URL(settings.AZURE_AUTHORITY_HOST).hostname),
    retryOptions: { maxRetries: 0 }, // retryTransient does it
    additionalPolicies: [
      { policy: watchOutages(tell), position: 'perCall' },
      { policy: retryTransient(), position: 'perCall' },
    ],
    ...(tlsOptions && { tlsOptions }),
  });
  return {
    async getToken(scopes, options) {
      tell(undefined);
      try {
        return await credential.getToken(scopes, options);
      } catch (error) {
        throw outage ? noToken(outage, settings.AZURE_AUTHORITY_HOST) : error;
      }
    },
  };
}

function noToken(outage: SourceFailure, authority: string): SourceFailure {
  return new SourceFailure(outage.reason, `No access token from ${authority}: ${outage.message}`, outage);
}

/** Tells of an outage as long as it lasts: no connection, too many requests, or a server error. */
function watchOutages(tell: (outage: SourceFailure | undefined) => void): PipelinePolicy {
  return {
    name: 'watchOutages',
    async sendRequest(request, next) {
      try {
        const response = await next(request);
        const { status } = response;
        tell(status === 429 || status >= 500 ? failureOfResponse(response) : undefined);
        return response;
      } catch (error) {
        tell(failureOfError(error));
        throw error;
      }
    },
  };
}

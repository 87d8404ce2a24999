import { type ResourceGroup as ArmGroup, ResourceManagementClient } from '@azure/arm-resources';
import type { TlsSettings } from '@azure/core-rest-pipeline';
import { type GroupSource, type ResourceGroup, SourceFailure } from '../group-source.ts';
import { createCredential, type IdentitySettings } from './credential.ts';
import { abortAllPages, failOnRefusal, onlyTo, retryTransient } from './pipeline-policies.ts';
import { type SharedCredential, shareCredential } from './shared-credential.ts';
import { failureOfError } from './source-failure.ts';

interface ArmSettings extends IdentitySettings {
  ARM_ENDPOINT: string;
  ARM_AUDIENCE: string;
}

/**
 * Resource groups from Azure Resource Manager.
 * After a refused token everything cached is thrown away, so that a revoked one is not sent until it would expire.
 */
export function armSource(settings: ArmSettings, tlsOptions?: TlsSettings): GroupSource {
  const credential = shareCredential(() => createCredential(settings, tlsOptions));
  return {
    async list(subscriptionId, signal) {
      const client = createClient({ settings, credential, subscriptionId, signal, tlsOptions });
      try {
        const groups: ResourceGroup[] = [];
        for await (const page of client.resourceGroups.list().byPage()) groups.push(...page.map(readGroup));
        return groups;
      } catch (error) {
        if (signal.aborted) throw error;
        const failure = failureOfError(error);
        if (failure.reason === 'unauthenticated') credential.renew();
        throw failure;
      }
    },
  };
}

interface ClientOptions {
  settings: ArmSettings;
  credential: SharedCredential;
  subscriptionId: string;
  signal: AbortSignal;
  tlsOptions: TlsSettings | undefined;
}

/** A client for one pass: its pipeline carries the pass's signal. Connections are pooled below it. */
function createClient({ settings, credential, subscriptionId, signal, tlsOptions }: ClientOptions) {
  const { ARM_ENDPOINT: endpoint, ARM_AUDIENCE } = settings;
  const client = new ResourceManagementClient(credential, subscriptionId, {
    endpoint: endpoint.replace(/\/$/, ''),
    credentials: { scopes: [`${ARM_AUDIENCE.replace(/\/$/, '')}/.default`] },
    retryOptions: { maxRetries: 0 }, // retryTransient does it
    ...(tlsOptions && { tlsOptions }),
  });
  // The phases in the order of their passing. Those of Serialize see what comes after a claims challenge was met.
  client.pipeline.addPolicy(failOnRefusal(), { phase: 'Serialize' });
  client.pipeline.addPolicy(abortAllPages(signal), { phase: 'Serialize' });
  client.pipeline.addPolicy(retryTransient(), { phase: 'Retry' });
  client.pipeline.addPolicy(onlyTo(endpoint), { afterPhase: 'Sign' });
  return client;
}

function readGroup({ name }: ArmGroup): ResourceGroup {
  if (typeof name !== 'string' || name === '')
    throw new SourceFailure('invalid-answer', 'A resource group in the answer has no name.');
  return { name };
}

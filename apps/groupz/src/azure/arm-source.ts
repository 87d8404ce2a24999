import { ResourceManagementClient } from '@azure/arm-resources';
import type { ResourceGroup } from '@seaworthy/contracts/groupz';
import type { GroupSource } from '../group-source.ts';
import { SourceFailure } from '../source-failure.ts';
import { subscriptionReads } from './allowance.ts';
import { type Azure, clientOptions, preparePipeline } from './azure-reading.ts';
import { eachOnce, readGroup } from './group-fields.ts';
import { refuseTagLists } from './pipeline-policies.ts';
import { readWithToken } from './token-reading.ts';

/** Resource groups from Azure Resource Manager, which answers for one subscription at a time, up to date. */
export function armSource(azure: Azure): GroupSource {
  return {
    name: 'arm',
    subscriptionsPerReading: 1,
    async list(subscriptionIds, signal) {
      const subscriptions = new Map<string, readonly ResourceGroup[] | SourceFailure>();
      let left = Number.POSITIVE_INFINITY;
      const told = (reads: number) => {
        left = Math.min(left, reads);
      };
      for (const id of subscriptionIds) {
        const listing = listGroups(azure, { subscriptionId: id.toLowerCase(), signal, told });
        subscriptions.set(id, await failureOr(listing));
      }
      const failures = [...subscriptions.values()].filter((each) => each instanceof SourceFailure);
      if (failures[0] !== undefined && failures.length === subscriptions.size) throw failures[0];
      const share = Number.isFinite(left) && { allowanceLeft: Math.min(1, left / subscriptionReads.total) };
      return { subscriptions, ...share };
    },
  };
}

interface ListOptions {
  subscriptionId: string;
  signal: AbortSignal;
  told(reads: number): void;
}

function listGroups(azure: Azure, { subscriptionId, signal, told }: ListOptions): Promise<ResourceGroup[]> {
  const remaining = (reads: number) => {
    azure.calls.remaining('arm', subscriptionId, reads);
    told(reads);
  };
  return readWithToken({ ...azure, subject: subscriptionId, signal }, async (credential) => {
    const client = new ResourceManagementClient(credential, subscriptionId, clientOptions(azure));
    preparePipeline(client.pipeline, azure, { target: 'arm', signal, allowance: subscriptionReads, remaining });
    client.pipeline.addPolicy(refuseTagLists(), { phase: 'Serialize', afterPolicies: ['failOnRefusal'] });
    const groups: ResourceGroup[] = [];
    for await (const page of client.resourceGroups.list().byPage())
      for (const { properties, ...fields } of page)
        groups.push(
          readGroup({ ...fields, provisioningState: properties?.provisioningState }, (id) => id === subscriptionId),
        );
    return eachOnce(groups);
  });
}

/** The answer, or the failure that is one; anything else is thrown on. */
async function failureOr<T>(answer: Promise<T>): Promise<T | SourceFailure> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SourceFailure) return error;
    throw error;
  }
}

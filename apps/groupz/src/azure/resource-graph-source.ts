import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import type { GroupSource, Reading } from '../group-source.ts';
import { SourceFailure } from '../source-failure.ts';
import { graphQueries } from './allowance.ts';
import { type Azure, clientOptions, preparePipeline, type Quota } from './azure-reading.ts';
import { gate } from './gate.ts';
import { allRows } from './graph-pages.ts';
import { type GraphRow, groupsBySubscription } from './graph-rows.ts';
import { readWithToken } from './token-reading.ts';

// Subscriptions come along with the groups, as one that may not be read is left out in silence. Without a total order
// rows get lost between pages.
const kusto = `resourcecontainers
| where type in~ ('microsoft.resources/subscriptions', 'microsoft.resources/subscriptions/resourcegroups')
| project id, type, name, subscriptionId, location, tags, managedBy, provisioningState = tostring(properties.provisioningState)
| order by id asc`;
const rowsPerPage = 1000;

/** Resource groups from Azure Resource Graph: many subscriptions in one query, and up to some minutes old. */
export function resourceGraphSource(azure: Azure): GroupSource {
  // The quota is the identity's, whatever is asked for.
  const quota: Quota = { rest: { until: 0 }, gate: gate(azure.clock) };
  return {
    name: 'resource-graph',
    subscriptionsPerReading: 1000,
    async list(subscriptionIds, signal) {
      let left = Number.POSITIVE_INFINITY;
      const remaining = (queries: number) => {
        azure.calls.remaining('resource-graph', '', queries);
        left = Math.min(left, queries);
      };
      const asked = [...new Set(subscriptionIds.map((id) => id.toLowerCase()))];
      const rows = await readRows(azure, { subscriptions: asked, signal, remaining, quota });
      const groups = groupsBySubscription(rows, asked);
      const subscriptions: Reading['subscriptions'] = new Map(
        subscriptionIds.map((id) => [id, groups.get(id.toLowerCase()) ?? unseen(id)]),
      );
      const allowance = Number.isFinite(left) && { allowanceLeft: Math.min(1, left / graphQueries.total) };
      return { subscriptions, ...allowance };
    },
  };
}

interface QueryOptions {
  subscriptions: string[];
  signal: AbortSignal;
  remaining(queries: number): void;
  quota: Quota;
}

async function readRows(azure: Azure, { subscriptions, ...query }: QueryOptions): Promise<GraphRow[]> {
  const { signal } = query;
  try {
    return await readWithToken({ ...azure, subject: 'resource-graph', signal }, async (credential) => {
      signal.throwIfAborted();
      const client = new ResourceGraphClient(credential, clientOptions(azure));
      preparePipeline(client.pipeline, azure, { target: 'resource-graph', allowance: graphQueries, ...query });
      return await allRows((skipToken) => {
        const options = { top: rowsPerPage, resultFormat: 'objectArray' as const, ...(skipToken && { skipToken }) };
        return client.resources({ subscriptions, query: kusto, options });
      });
    });
  } catch (error) {
    // None of the subscriptions may be read.
    if (error instanceof SourceFailure && error.evidence.code === 'NoValidSubscriptionsInQueryRequest') return [];
    throw error;
  }
}

function unseen(id: string): SourceFailure {
  const message = `Resource Graph does not know the subscription ${id}, or the identity may not read it.`;
  return new SourceFailure('not-found', message);
}

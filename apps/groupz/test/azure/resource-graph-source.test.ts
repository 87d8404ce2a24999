import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupsOf, keepsGroupSourceContract } from '../group-source.contract.ts';
import { A, B } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { EMPTY, type EmulatedAzure, FORBIDDEN, MANAGED_GROUP, startAzure } from './emulated-azure.ts';

const changes = { SOURCE: 'resource-graph' } as const;
const unknown = '00000000-0000-4000-8000-000000000000';

describe('resourceGraphSource', () => {
  keepsGroupSourceContract(async () => {
    const azure = await startAzure();
    const { groups: source } = connect(azure, { changes });
    return { ...azure, source, full: A, empty: EMPTY, unknown, forbidden: FORBIDDEN, managed: MANAGED_GROUP };
  });
});

describe('resourceGraphSource in one world with Azure Resource Manager', () => {
  let azure: EmulatedAzure;
  beforeAll(async () => {
    azure = await startAzure();
  });
  afterAll(() => azure.close());

  it('tells the same of a group', async () => {
    const read = async (SOURCE: 'arm' | 'resource-graph') => {
      const groups = await groupsOf(connect(azure, { changes: { SOURCE } }).groups, A);
      return groups.map((group) => JSON.stringify(group)).sort();
    };
    expect(await read('resource-graph')).toEqual(await read('arm'));
  });

  it('reads many subscriptions over several pages, each group once, and tells of its quota', async () => {
    await azure.generate(A, 1500);
    const { groups, calls } = connect(azure, { changes });
    const { subscriptions, allowanceLeft = 0 } = await groups.list([A, B, EMPTY], new AbortController().signal);
    const counts = [...subscriptions.values()].map((found) => ('reason' in found ? found : found.length));
    expect(counts).toEqual([1514, 4, 0]);
    const queries = calls.outcomes.filter(([target]) => target === 'resource-graph');
    expect(queries).toHaveLength(2);
    const [, last] = calls.reads;
    expect(last).toEqual(['resource-graph', '', Math.round(allowanceLeft * 15)]);
  });
});

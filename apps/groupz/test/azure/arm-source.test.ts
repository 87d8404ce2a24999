import { describe } from 'vitest';
import { keepsGroupSourceContract } from '../group-source.contract.ts';
import { A } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { EMPTY, FORBIDDEN, MANAGED_GROUP, startAzure } from './emulated-azure.ts';

describe('armSource', () => {
  keepsGroupSourceContract(async () => {
    const azure = await startAzure();
    const { groups: source } = connect(azure);
    const unknown = '00000000-0000-4000-8000-000000000000';
    return { ...azure, source, full: A, empty: EMPTY, unknown, forbidden: FORBIDDEN, managed: MANAGED_GROUP };
  });
});

import { describe } from 'vitest';
import { armSource } from '../../src/azure/arm-source.ts';
import { keepsGroupSourceContract } from '../group-source.contract.ts';
import { A } from '../refresh-options.ts';
import { EMPTY, startAzure } from './emulated-azure.ts';

describe('armSource', () => {
  keepsGroupSourceContract(async () => {
    const azure = await startAzure();
    return {
      ...azure,
      source: armSource(azure.settings, azure.tlsOptions),
      full: A,
      empty: EMPTY,
      unknown: '00000000-0000-4000-8000-000000000000',
    };
  });
});

import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { A } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';

let azure: EmulatedAzure;
beforeAll(async () => {
  azure = await startAzure();
  vi.stubEnv('IDENTITY_ENDPOINT', `${azure.httpUrl}/msi/token`);
  vi.stubEnv('IDENTITY_HEADER', azure.seed.appService.identityHeader);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await azure.close();
});

it('lists as the managed identity of a web app', async () => {
  const { groups, calls } = connect(azure, { changes: { AZURE_IDENTITY: 'managed' } });
  expect(await groupsOf(groups, A)).toHaveLength(14);
  expect(calls.outcomes[0]).toEqual(['identity', '200']);
});

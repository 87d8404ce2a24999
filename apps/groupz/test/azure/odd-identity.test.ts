import { afterAll, beforeAll, expect, it } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { A } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type OddAzure, startOddAzure } from './odd-azure.ts';

let azure: OddAzure;
beforeAll(async () => {
  azure = await startOddAzure();
});
afterAll(() => azure.close());

const list = () => groupsOf(connect(azure).groups, A);
const identity = { credential: 'workload', tenantId: 't', clientId: 'c' };

it("invalid-answer when a proxy answers in Entra's place", async () => {
  azure.entra = () => ({ body: '<html>Please log in' });
  await expect(list()).rejects.toMatchObject({ reason: 'invalid-answer', evidence: { status: 200, identity } });
});

it('unauthenticated when Entra answers without a token', async () => {
  azure.entra = () => ({ body: { token_type: 'Bearer', expires_in: 3599 } });
  await expect(list()).rejects.toMatchObject({ reason: 'unauthenticated', evidence: { identity } });
});

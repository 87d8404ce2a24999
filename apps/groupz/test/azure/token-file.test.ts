import { copyFile, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { manualClock } from '../manual-clock.ts';
import { A } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';
import { entraRefusal, goodToken, startOddAzure } from './odd-azure.ts';

let azure: EmulatedAzure;
let file: string;
beforeAll(async () => {
  azure = await startAzure();
  file = `${azure.caFile}.token`;
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const source = () => connect(azure, { changes: { AZURE_FEDERATED_TOKEN_FILE: file } });

it('exchanges the token that the file has now, as the one before is refused', async () => {
  const { groups, calls } = connect(azure);
  await groupsOf(groups, A);
  await azure.rotateToken();
  await azure.revokeTokens();
  expect(await groupsOf(groups, A)).toHaveLength(14);
  expect(calls.tokens).toHaveLength(2);
});

it('lists after a token that was no token was replaced', async () => {
  await writeFile(file, 'not a token');
  const clock = manualClock();
  const { groups } = connect(azure, { changes: { AZURE_FEDERATED_TOKEN_FILE: file }, clock });
  await expect(groupsOf(groups, A)).rejects.toMatchObject({ reason: 'unauthenticated' });
  await copyFile(azure.tokenFile('seaworthy', 'groupz'), file);
  await clock.advance(1);
  expect(await groupsOf(groups, A)).toHaveLength(14);
});

it.each(['', ' \n'])('unauthenticated naming the file when it holds %j, and Entra is not called', async (content) => {
  await writeFile(file, content);
  const { groups, calls } = source();
  const identity = { credential: 'workload', clientId: azure.settings.AZURE_CLIENT_ID };
  const failure = { reason: 'unauthenticated', message: `The token file ${file} is empty.`, evidence: { identity } };
  await expect(groupsOf(groups, A)).rejects.toMatchObject(failure);
  expect(calls.outcomes).toEqual([]);
});

it('trims what the file holds', async () => {
  await copyFile(azure.tokenFile('seaworthy', 'groupz'), file);
  await writeFile(file, ' \n', { flag: 'a' });
  expect(await groupsOf(source().groups, A)).toHaveLength(14);
});

it('reads the file for every exchange, not only after a refusal', async () => {
  const odd = await startOddAzure();
  odd.entra = () => ({ body: { ...goodToken, expires_in: 20 } });
  const { groups } = connect(odd, { changes: { AZURE_FEDERATED_TOKEN_FILE: file } });
  for (const content of ['first', 'second']) {
    await writeFile(file, content);
    await groupsOf(groups, A);
  }
  const assertions = odd.exchanges.map(({ body }) => new URLSearchParams(body).get('client_assertion'));
  expect(assertions).toEqual(['first', 'second']);
  await odd.close();
});

it('exchanges once more, with what the file holds by then, when the assertion has expired', async () => {
  const odd = await startOddAzure();
  await writeFile(file, 'expired');
  odd.entra = async ({ body }) => {
    if (new URLSearchParams(body).get('client_assertion') === 'fresh') return { body: goodToken };
    await writeFile(file, 'fresh');
    return entraRefusal(700024);
  };
  const { groups } = connect(odd, { changes: { AZURE_FEDERATED_TOKEN_FILE: file } });
  expect(await groupsOf(groups, A)).toEqual([]);
  expect(odd.exchanges).toHaveLength(2);
  await odd.close();
});

it('unauthenticated after two exchanges when the assertion is outside its times by the clock of Entra', async () => {
  await azure.fault({ kind: 'clock-skew', seconds: 7200, match: { target: 'entra' } });
  const { groups, calls } = connect(azure);
  const failure = { reason: 'unauthenticated', evidence: { code: 'AADSTS700024' } };
  await expect(groupsOf(groups, A)).rejects.toMatchObject(failure);
  expect(calls.outcomes.filter(([, outcome]) => outcome === '401')).toHaveLength(2);
});

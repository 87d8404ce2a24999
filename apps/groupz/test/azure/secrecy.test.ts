import { writeFile } from 'node:fs/promises';
import { describeError } from '@seaworthy/chassis/error-description';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SourceFailure } from '../../src/source-failure.ts';
import { groupsOf } from '../group-source.contract.ts';
import { A } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';
import { entraRefusal, goodToken, type OddAzure, startOddAzure } from './odd-azure.ts';

let azure: EmulatedAzure;
let odd: OddAzure;
let file: string;
beforeAll(async () => {
  [azure, odd] = await Promise.all([startAzure(), startOddAzure()]);
  file = `${azure.caFile}.secret`;
});
afterAll(() => Promise.all([azure.close(), odd.close()]));

const jwt = [{ alg: 'RS256' }, { iss: 'https://issuer/', sub: 'system:serviceaccount:a:b', aud: 'secret-audience' }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat('c2lnbmF0dXJlLW9mLXRoZS10b2tlbg')
  .join('.');
const opaque = 'opaque-assertion-0123456789';

/** All that anybody could log of the failure. */
async function told(assertion: string): Promise<string> {
  await writeFile(file, assertion);
  const { groups } = connect(odd, { changes: { AZURE_FEDERATED_TOKEN_FILE: file } });
  const failure = await groupsOf(groups, A).catch((error: unknown) => error);
  if (!(failure instanceof SourceFailure)) throw new Error('The list was answered.');
  return JSON.stringify([failure, describeError(failure), failure.message, failure.evidence]);
}

it.each([jwt, opaque])('tells nothing of an assertion that Entra quotes: %s', async (assertion) => {
  odd.entra = ({ body }) => entraRefusal(700016, `Refused '${new URLSearchParams(body).get('client_assertion')}'.`);
  const all = await told(assertion);
  expect(all).toContain('AADSTS700016');
  for (const part of assertion.split('.')) expect(all).not.toContain(part);
});

it('tells nothing of an assertion that a broken answer of Entra holds', async () => {
  odd.entra = ({ body }) => ({ status: 400, body: `<html>${body}` });
  const all = await told(jwt);
  for (const part of jwt.split('.')) expect(all).not.toContain(part);
});

it.each([401, 403, 500])('tells nothing of an access token that ARM quotes with %i', async (status) => {
  odd.entra = () => ({ body: { ...goodToken, access_token: jwt } });
  odd.arm = ({ headers }) => ({ status, body: { error: { code: 'Quoted', message: `${headers.authorization} no` } } });
  const all = await told(opaque);
  expect(all).toContain('Quoted');
  for (const part of [...jwt.split('.'), opaque]) expect(all).not.toContain(part);
});

it('tells nothing of an access token when ARM hangs up', async () => {
  odd.entra = () => ({ body: { ...goodToken, access_token: jwt } });
  odd.arm = ({ headers }) => ({ headers: { 'content-length': '1' }, body: `${headers.authorization}` });
  const all = await told(opaque);
  for (const part of jwt.split('.')) expect(all).not.toContain(part);
});

it('tells issuer and subject of the assertion, and nothing else of it', async () => {
  odd.entra = () => entraRefusal(700213);
  const all = await told(jwt);
  expect(all).toContain('system:serviceaccount:a:b');
  expect(all).not.toContain('secret-audience');
});

import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createCertificates } from '@seaworthy/azure-emulator/certificate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { armSource } from '../../src/azure/arm-source.ts';
import { A } from '../refresh-options.ts';

// An Azure that answers what the emulator never would.
let azure: Server;
let url: string;
let ca: string;
let answer: { status?: number; headers?: Record<string, string>; body: string };
let requests: number;
beforeAll(async () => {
  const { ca: authority, ...tls } = await createCertificates(['127.0.0.1']);
  ca = authority;
  azure = createServer(tls, (request, response) => {
    const { status = 200, headers, body } = entra(request.url ?? '') ?? answer;
    if (body === answer.body) requests += 1;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  await new Promise<void>((resolve) => azure.listen(0, '127.0.0.1', resolve));
  url = `https://127.0.0.1:${(azure.address() as AddressInfo).port}`;
});
afterAll(() => {
  azure.closeAllConnections();
  azure.close();
});

function entra(path: string): typeof answer | undefined {
  if (path.includes('/oauth2/')) return { body: '{"token_type":"Bearer","expires_in":3599,"access_token":"a"}' };
  if (!path.includes('/.well-known/')) return undefined;
  const [issuer, token_endpoint] = [`${url}/t/v2.0`, `${url}/t/oauth2/v2.0/token`];
  return { body: JSON.stringify({ issuer, token_endpoint, authorization_endpoint: url, jwks_uri: url }) };
}

function list(next: typeof answer, signal = new AbortController().signal) {
  answer = next;
  requests = 0;
  const settings = {
    AZURE_IDENTITY: 'workload',
    AZURE_TENANT_ID: 't',
    AZURE_CLIENT_ID: 'c',
    AZURE_FEDERATED_TOKEN_FILE: import.meta.filename, // any text will do
    AZURE_AUTHORITY_HOST: url,
    ARM_ENDPOINT: url,
    ARM_AUDIENCE: 'https://management.azure.com',
  };
  return armSource(settings, { ca }).list(A, signal);
}

it.each([
  '{}',
  '{"value":null}',
  '{"value":[null]}',
  '{"value":[{"id":"/x"}]}',
  '{"value":[{"name":""}]}',
  '',
  '<html>',
])('invalid-answer for the body %j', async (body) => {
  await expect(list({ body })).rejects.toMatchObject({ name: 'SourceFailure', reason: 'invalid-answer' });
});

it('invalid-answer for a next link that is no URL', async () => {
  await expect(list({ body: '{"value":[],"nextLink":7}' })).rejects.toMatchObject({ name: 'SourceFailure' });
});

it('unavailable with the status when a gateway answers with a page of its own', async () => {
  const page = { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad gateway</h1>' };
  const evidence = { status: 502 };
  await expect(list(page)).rejects.toMatchObject({ reason: 'unavailable', evidence, message: /status 502/ });
});

it('refused for a redirect to another host, which is not followed', async () => {
  const redirect = { status: 307, headers: { location: 'https://127.0.0.1:1/subscriptions' }, body: '' };
  await expect(list(redirect)).rejects.toMatchObject({ reason: 'refused', evidence: { status: 307 } });
  expect(requests).toBe(1);
});

it('ends with its signal when the pages go round in a circle', async () => {
  const body = JSON.stringify({ value: [{ name: 'rg-a' }], nextLink: `${url}/again` });
  await expect(list({ body }, AbortSignal.timeout(100))).rejects.toThrow(/abort/i);
});

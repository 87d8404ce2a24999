import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createCertificates } from '@seaworthy/azure-emulator/certificate';
import type { AzureSettings } from '../../src/azure/azure.ts';

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: string | object;
}

interface Received {
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** An Azure that answers what the emulator never would. */
export interface OddAzure {
  url: string;
  settings: AzureSettings;
  tlsOptions: { ca: string };
  /** What Azure Resource Manager and Resource Graph answer. */
  arm: (request: Received) => Answer;
  /** What Entra answers to a request for a token. */
  entra: (request: Received) => Answer | Promise<Answer>;
  /** What arrived for `arm`, and for `entra`. */
  requests: Received[];
  exchanges: Received[];
  close(): Promise<void>;
}

/** What Entra answers when it is content. */
export const goodToken = { token_type: 'Bearer', expires_in: 3599, access_token: 'access-token-of-odd-azure' };

/** Listens on a free port; takes any text as an assertion. */
export async function startOddAzure(): Promise<OddAzure> {
  const { ca, ...tls } = await createCertificates(['127.0.0.1']);
  const server = createServer(tls, async (request, response) => {
    const received = { url: request.url ?? '', headers: request.headers, body: await text(request) };
    const { status = 200, headers, body } = await answerTo(odd, received);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const odd: OddAzure = {
    url,
    settings: settingsOf(url),
    tlsOptions: { ca },
    arm: () => ({ body: { value: [] } }),
    entra: () => ({ body: goodToken }),
    requests: [],
    exchanges: [],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return odd;
}

/** Entra's refusal with one of its codes. */
export function entraRefusal(code: number, words = 'No.'): Answer {
  const error_description = `AADSTS${code}: ${words} Trace ID: 0b1f6471-1bf0-4dda-aec3-333333333333 Correlation ID: x`;
  return { status: 401, body: { error: 'invalid_client', error_description, error_codes: [code] } };
}

function answerTo(odd: OddAzure, received: Received): Answer | Promise<Answer> {
  const { url } = odd;
  if (received.url.includes('/.well-known/')) {
    const [issuer, token_endpoint] = [`${url}/t/v2.0`, `${url}/t/oauth2/v2.0/token`];
    return { body: { issuer, token_endpoint, authorization_endpoint: url, jwks_uri: url } };
  }
  const isExchange = received.url.includes('/oauth2/');
  (isExchange ? odd.exchanges : odd.requests).push(received);
  return isExchange ? odd.entra(received) : odd.arm(received);
}

function settingsOf(url: string): AzureSettings {
  return {
    SOURCE: 'arm',
    AZURE_IDENTITY: 'workload',
    AZURE_TENANT_ID: 't',
    AZURE_CLIENT_ID: 'c',
    AZURE_FEDERATED_TOKEN_FILE: import.meta.filename,
    AZURE_AUTHORITY_HOST: url,
    ARM_ENDPOINT: url,
    ARM_AUDIENCE: 'https://management.azure.com',
  };
}

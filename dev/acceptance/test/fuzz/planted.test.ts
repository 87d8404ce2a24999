import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { fuzz } from './fuzz.ts';

const responses = { 200: { description: 'It.' }, default: { content: { 'application/problem+json': {} } } };
const parameters = [{ in: 'query', name: 'q', schema: { type: 'string', maxLength: 9 } }];
const document = { paths: { '/things': { get: { operationId: 'listThings', parameters, responses } } } };

/** A service with one path, and what its answers are. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === '/openapi.json') return response.end(JSON.stringify(document));
    if (request.url?.startsWith('/things?') && request.method === 'GET') return answer(request, response);
    const refused = request.url === '/things' && request.method === 'GET' ? 200 : 404;
    response.writeHead(refused, refused === 404 ? { 'content-type': 'application/problem+json' } : {});
    return response.end(refused === 404 ? '{"status":404}' : '');
  }).listen(0);
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a fault that only a NUL brings out is found, and told with the seed and the request', async () => {
  const baseUrl = await serve((request, response) => {
    response.statusCode = request.url?.includes('%00') ? 500 : 200;
    response.end();
  });
  const run = fuzz({ baseUrl, seconds: 20, seed: 7 });
  await expect(run).rejects.toThrow(/seed: 7/);
  await expect(run).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/GET \/things\?.*%00[\s\S]*a 500/) },
  });
});

test('a connection that is cut instead of an answer is a fault', async () => {
  const baseUrl = await serve((_request, response) => response.destroy());
  await expect(fuzz({ baseUrl, seconds: 20, seed: 1 })).rejects.toMatchObject({
    cause: { message: expect.stringContaining('no answer') },
  });
});

test('the same seed asks the same', async () => {
  const asked = async () => {
    const targets: string[] = [];
    const baseUrl = await serve(({ url = '' }, response) => {
      targets.push(url);
      response.end();
    });
    await fuzz({ baseUrl, seconds: 0.5, seed: 3 });
    return targets;
  };
  const [first, second] = [await asked(), await asked()];
  const common = Math.min(first.length, second.length);
  expect(common).toBeGreaterThan(10);
  expect(first.slice(0, common)).toEqual(second.slice(0, common));
});

import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createGateway } from '../../src/gateway/gateway.ts';
import { type Arrangement, arrange, readBody } from './arrange.ts';

let arranged: Arrangement;
afterEach(() => arranged.close());

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

describe('a request', () => {
  it.each(['DELETE', 'PATCH', 'POST', 'PUT', 'OPTIONS'])('%s keeps its body, whatever its type', async (method) => {
    arranged = await arrange((message, response) => {
      response.writeHead(200, { 'x-type': `${message.headers['content-type']}`, 'x-method': `${message.method}` });
      message.pipe(response);
    });
    for (const type of ['application/json', 'text/plain', 'application/merge-patch+json', 'x/y; z=1', '']) {
      const headers = type ? { 'content-type': type } : undefined;
      const response = await fetch(arranged.url, { method, body: everyByte, ...(headers && { headers }) });
      expect(response.headers.get('x-method')).toBe(method);
      expect(response.headers.get('x-type')).toBe(type || 'undefined');
      expect(Buffer.from(await response.arrayBuffer())).toEqual(everyByte);
    }
  });

  it('keeps its path and query as they were written', async () => {
    arranged = await arrange((message, response) => response.end(message.url));
    const { port } = arranged;
    const path = '/service/a%2Fb/%C3%A9%20;x?a=1&a=2&c=%26';
    const [response] = (await once(request({ port, path }).end(), 'response')) as [IncomingMessage];
    expect(`${await readBody(response)}`).toBe(path);
  });

  it('tells the service who asked, and keeps what only a gateway may claim from the client', async () => {
    arranged = await arrange((message, response) => response.end(JSON.stringify(message.headers)));
    const headers = {
      host: 'shop.example',
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-user': 'root',
      forwarded: 'for=6.6.6.6',
      'x-mine': '1',
      connection: 'x-hop',
      'x-hop': '1',
      te: 'trailers',
    };
    const sent = request({ port: arranged.port, path: '/service', headers }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const seen = JSON.parse(`${await readBody(response)}`) as IncomingHttpHeaders;
    expect(seen).toMatchObject({
      host: 'shop.example',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'shop.example',
      'x-mine': '1',
    });
    expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['x-forwarded-user']));
    for (const name of ['x-forwarded-user', 'forwarded', 'x-hop', 'te']) expect(seen).not.toHaveProperty(name);
  });

  it('that asks before it sends its body is told to go on', async () => {
    arranged = await arrange((message, response) => message.pipe(response));
    const headers = { expect: '100-continue', 'content-length': 4 };
    const sent = request({ port: arranged.port, path: '/service', method: 'PUT', headers });
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    sent.flushHeaders();
    await once(sent, 'continue');
    sent.end('body');
    const [response] = await answered;
    expect([response.statusCode, `${await readBody(response)}`]).toEqual([200, 'body']);
  });

  it('GET with a body reaches the service without it', async () => {
    arranged = await arrange((message, response) => response.end(`${message.headers['content-length']}`));
    const sent = request({ port: arranged.port, path: '/service', method: 'GET', headers: { 'content-length': 1 } });
    const [response] = (await once(sent.end('x'), 'response')) as [IncomingMessage];
    expect(`${await readBody(response)}`).toBe('undefined');
  });
});

describe('a response', () => {
  it('keeps its status, headers, cookies and location', async () => {
    arranged = await arrange((_message, response) => {
      response.writeHead(303, { location: '/service/1', 'set-cookie': ['a=1', 'b=2'], etag: '"1"' }).end();
    });
    const response = await fetch(arranged.url, { redirect: 'manual' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/service/1');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('etag')).toBe('"1"');
  });

  it('loses what is about the connection to the service, and what that names', async () => {
    const hops = { connection: 'keep-alive, X-Hop', 'keep-alive': 'timeout=9', 'x-hop': '1', 'x-mine': '2' };
    arranged = await arrange((_message, response) => response.writeHead(200, hops).end('all'));
    const headers = { connection: 'close' };
    const sent = request({ port: arranged.port, path: '/service', headers, agent: false }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    expect(response.headers).toMatchObject({ connection: 'close', 'x-mine': '2' });
    for (const name of ['keep-alive', 'x-hop']) expect(response.headers).not.toHaveProperty(name);
    expect(`${await readBody(response)}`).toBe('all');
  });

  it('to HEAD keeps its length and has no body', async () => {
    arranged = await arrange((_message, response) => response.writeHead(200, { 'content-length': 1234 }).end());
    const response = await fetch(arranged.url, { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe('1234');
    expect(await response.text()).toBe('');
  });

  it('503 is passed on and not tried again', async () => {
    let requests = 0;
    arranged = await arrange((_message, response) => {
      requests += 1;
      response.writeHead(503, { 'retry-after': '1' }).end('busy');
    });
    const response = await fetch(arranged.url);
    expect([response.status, await response.text(), requests]).toEqual([503, 'busy', 1]);
  });

  it('that is a stream of events arrives event by event, its headers before the first', async () => {
    let next = (_event: string) => {};
    arranged = await arrange((_message, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      next = (event) => void response.write(event);
    });
    const response = await fetch(arranged.url);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      next(event);
      expect(`${Buffer.from((await reader.read()).value ?? [])}`).toBe(event);
    }
    await reader.cancel();
  });
});

describe('what goes wrong', () => {
  it('404 lists the routes', async () => {
    arranged = await arrange((_message, response) => response.end());
    const response = await fetch(`http://127.0.0.1:${arranged.port}/servicex?a`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ detail: 'No route leads to /servicex. The routes are /service/….' });
  });

  it('405 for a method that is not passed on', async () => {
    arranged = await arrange((_message, response) => response.end());
    const response = await fetch(arranged.url, { method: 'PROPFIND' });
    expect(response.status).toBe(405);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('503 when the service is not running', async () => {
    arranged = await arrange((_message, response) => response.end());
    await new Promise((resolve) => arranged.service.close(resolve));
    const response = await fetch(arranged.url);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('service is not running') });
  });

  it('503 when the service breaks the connection', async () => {
    arranged = await arrange((message) => message.socket.destroy());
    const response = await fetch(arranged.url);
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('at ');
  });

  it('a response that breaks off breaks off', async () => {
    arranged = await arrange((message, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half');
      setImmediate(() => message.socket.destroy());
    });
    const response = await fetch(arranged.url);
    await expect(response.text()).rejects.toThrow();
  });

  it('413 for a body that says it is too large', async () => {
    arranged = await arrange((message, response) => message.pipe(response), { maxBodyBytes: 10 });
    const response = await fetch(arranged.url, { method: 'POST', body: 'x'.repeat(11) });
    expect([response.status, (await fetch(arranged.url, { method: 'POST', body: 'x' })).status]).toEqual([413, 200]);
  });

  it('413 for a body that turns out too large', async () => {
    arranged = await arrange((message) => message.resume(), { maxBodyBytes: 10 });
    const sent = request({ port: arranged.port, path: '/service', method: 'POST' });
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    sent.write('x'.repeat(6));
    await nextTurn();
    sent.write('x'.repeat(6));
    const [response] = await answered;
    expect(response.statusCode).toBe(413);
    sent.destroy();
  });

  it('503 for an answer that takes longer than its route allows', async () => {
    arranged = await arrange(() => undefined, { route: { timeoutMs: 50 } });
    const response = await fetch(arranged.url);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ detail: 'service took longer than its route allows (50 ms).' });
  });

  it('400 for what is not HTTP, and for a path that leaves its prefix', async () => {
    arranged = await arrange((_message, response) => response.end('reached'));
    const socket = connect(arranged.port, '127.0.0.1').on('error', () => undefined);
    socket.end('nonsense\r\n\r\n');
    expect(`${Buffer.concat(await socket.toArray())}`).toMatch(/^HTTP\/1.1 400 /);
    const sent = request({ port: arranged.port, path: '/service/%2e%2e/secret' }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    expect([response.statusCode, response.headers['content-type']]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('a route to a service that is not there is an error at the start', async () => {
    arranged = await arrange((_message, response) => response.end());
    const routes = [{ type: 'Exact', path: '/a', backend: 'other' }] as const;
    await expect(createGateway({ routes, upstreams: {} })).rejects.toThrow('/a leads to other');
  });
});

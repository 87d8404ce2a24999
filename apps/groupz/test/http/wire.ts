import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

interface Call {
  method?: string;
  headers?: OutgoingHttpHeaders;
}

/** An answer as it came, with its body undone of its coding only in `json`. */
export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
  json(): unknown;
}

/** Sends nothing but what it is told to: no client library that adds headers and undoes codings. */
export async function callOf(
  server: Server,
  path: string,
  { method = 'GET', headers = {} }: Call = {},
): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent: false }).end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const body = Buffer.concat(await incoming.toArray());
  const coding = incoming.headers['content-encoding'];
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    body,
    json: () => JSON.parse(String(undo(body, coding))),
  };
}

function undo(body: Buffer, coding: string | undefined): Buffer {
  if (coding === 'gzip') return gunzipSync(body);
  if (coding === 'br') return brotliDecompressSync(body);
  return body;
}

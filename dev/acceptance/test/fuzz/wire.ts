import { Agent, type IncomingMessage, request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import type { Request } from './requests.ts';

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  /** Unpacked. Of a stream of events: nothing, as it does not end. */
  body: Buffer;
}

const agent = new Agent({ keepAlive: true });
const decoders: Record<string, (packed: Buffer) => Buffer> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  deflate: inflateSync,
  zstd: zstdDecompressSync,
};

/**
 * Sends a request over a socket and takes the whole answer.
 * @throws where none comes in time, or the connection breaks
 */
export async function exchange(baseUrl: string, request: Request, milliseconds: number): Promise<Answer> {
  try {
    return await once(baseUrl, request, milliseconds);
  } catch (error) {
    // The service closed the connection while this was on its way, as it may after any answer (RFC 9112, section 9.6).
    if (error instanceof Stale) return once(baseUrl, request, milliseconds);
    throw error;
  }
}

class Stale extends Error {}

function once(baseUrl: string, request: Request, milliseconds: number): Promise<Answer> {
  const { method, target, headers, body } = request;
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(milliseconds);
    const call = send({ agent, hostname, port, method, path: target, headers, signal });
    call.once('error', (error) => reject(call.reusedSocket && isReset(error) ? new Stale() : error));
    call.once('response', (response) => resolve(answerOf(response)));
    call.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.alloc(0) });
    });
    call.end(body);
  });
}

async function answerOf(response: IncomingMessage): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  if (headers['content-type']?.startsWith('text/event-stream')) {
    response.destroy();
    return { status, headers, body: Buffer.alloc(0) };
  }
  const packed = await buffer(response);
  const decode = decoders[headers['content-encoding'] ?? ''];
  return { status, headers, body: decode && packed.length > 0 ? decode(packed) : packed };
}

function isReset({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE';
}

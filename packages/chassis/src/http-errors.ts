import type { Socket } from 'node:net';
import type { ProblemKind } from '@seaworthy/contracts/problem';
import type { ConnectionError } from 'fastify';
import { problemDetails, problemType } from './errors.ts';
import { Problem, problemTable } from './problem.ts';

const kinds: Readonly<Record<string, ProblemKind>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'too-large',
};

/** Answers what never became a request (not HTTP, headers too large or too slow) and closes the connection. */
export function answerClientError({ code }: ConnectionError, socket: Socket): void {
  if (code === 'ECONNRESET' || socket.destroyed) return;
  const problem = new Problem(
    kinds[code ?? ''] ?? 'bad-request',
    'The request is not valid HTTP, too large or too slow.',
  );
  const { status, title } = problemTable[problem.kind];
  const body = JSON.stringify(problemDetails(problem));
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    `content-type: ${problemType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

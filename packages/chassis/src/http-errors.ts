import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ProblemKind } from '@seaworthy/contracts/problem';
import type { ConnectionError } from 'fastify';
import { problemDetails, problemType } from './errors.ts';
import { Problem, problemTable } from './problem.ts';

const kinds: Readonly<Record<string, ProblemKind>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'too-large',
};

const longestLine = 8 * 1024; // of the 16 KB that a whole header may have

/** Answers what never became a request (not HTTP, headers too large or too slow) and closes the connection. */
export function answerClientError({ code, rawPacket }: ConnectionError, socket: Socket): void {
  // Where Node's own handler looks, too.
  const { _httpMessage: due } = socket as Socket & { _httpMessage?: ServerResponse };
  // An answer has begun: another one inside it would be read as a part of it.
  if (code === 'ECONNRESET' || due?.headersSent) return void socket.destroy();
  // The request before is whole: it would take this for its answer, and gets its own as the last one (RFC 9112, 9.3.2).
  if (due?.req.complete) {
    due.shouldKeepAlive = false;
    return;
  }
  const tooLong = code === 'HPE_HEADER_OVERFLOW' && beginsWithLongLine(rawPacket);
  const kind = tooLong ? 'uri-too-long' : (kinds[code ?? ''] ?? 'bad-request');
  endWithProblem(socket, new Problem(kind, 'The request is not valid HTTP, too large or too slow.'));
}

/** Whether what was read last is the beginning of a request whose first line alone is too much (RFC 9112, section 3). */
function beginsWithLongLine(packet: unknown): boolean {
  if (!Buffer.isBuffer(packet)) return false;
  const line = packet.subarray(0, longestLine).toString('latin1');
  return /^[A-Z-]+ [^\r\n]*$/.test(line);
}

/** Writes a problem as a whole HTTP response to a connection that no server answers for, and ends it. */
export function endWithProblem(socket: Duplex, problem: Problem): void {
  if (!socket.writable) return void socket.destroy();
  const { status, title } = problemTable[problem.kind];
  const body = JSON.stringify(problemDetails(problem));
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    `content-type: ${problemType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

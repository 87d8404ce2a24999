import Parser from 'redis-parser';
import { splitInline } from './inline.ts';

/** What a client sent does not follow the protocol; the connection cannot go on. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

interface RequestReader {
  /** Takes bytes as they arrive and hands over each request that is complete. @throws ProtocolError */
  take(bytes: Buffer): void;
}

/**
 * Reads requests from a connection: arrays of byte strings, or whole lines when the first byte says that a person
 * types (`printf 'PING\r\n' | nc`). Unlike Redis, a connection speaks one or the other all along.
 */
export function createRequestReader(maxBytes: number, onRequest: (words: readonly Buffer[]) => void): RequestReader {
  let reader: RequestReader | undefined;
  return {
    take(bytes) {
      reader ??= bytes[0] === 0x2a ? readArrays(maxBytes, onRequest) : readLines(maxBytes, onRequest);
      reader.take(bytes);
    },
  };
}

function readArrays(maxBytes: number, onRequest: (words: readonly Buffer[]) => void): RequestReader {
  let pending = 0;
  let fault: ProtocolError | undefined;
  const refuse = (error: Error) => {
    fault ??= new ProtocolError('Protocol error: expected an array of bulk strings', { cause: error });
  };
  const parser = new Parser({
    returnBuffers: true,
    returnReply(request: unknown) {
      pending = 0;
      // Redis passes over empty requests, too.
      if (request === null || (Array.isArray(request) && request.length === 0)) return;
      if (Array.isArray(request) && request.every((word) => Buffer.isBuffer(word))) onRequest(request);
      else refuse(new TypeError('not an array of byte strings'));
    },
    returnError: refuse,
    returnFatalError: refuse,
  });
  return {
    take(bytes) {
      pending += bytes.length;
      try {
        parser.execute(bytes);
      } catch (error) {
        // An array length beyond what JavaScript allows.
        refuse(error as Error);
      }
      if (fault) throw fault;
      if (pending > maxBytes) throw new ProtocolError('Protocol error: too big request');
    },
  };
}

function readLines(maxBytes: number, onRequest: (words: readonly Buffer[]) => void): RequestReader {
  let rest = '';
  return {
    take(bytes) {
      const lines = (rest + bytes.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const words = splitInline(line.trim());
        if (!words) throw new ProtocolError('Protocol error: unbalanced quotes in request');
        if (words.length > 0) onRequest(words.map((word) => Buffer.from(word, 'latin1')));
      }
      if (rest.length > maxBytes) throw new ProtocolError('Protocol error: too big inline request');
    },
  };
}

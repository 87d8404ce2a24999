import { writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Coding } from '../http/compressed-json.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import type { Stage } from '../stage.ts';

/** What a server answered to a GET, for the peers to answer alike. */
export type RecordedAnswer = {
  path: string;
  /** As it came over the wire, compressed if that was asked for. */
  body: Buffer;
  /** The same body in a file: what the peers are started with. */
  file: string;
  etag: string;
  coding: string;
};

/** What to ask for. */
export type Question = { path: string; coding?: Coding };

/**
 * Asks a server once.
 * @throws when it does not answer with 200, or in another coding
 */
export async function recordAnswer(
  { signal, directory }: Stage,
  { name, port }: ServerProcess,
  { path, coding }: Question,
): Promise<RecordedAnswer> {
  const headers = coding === undefined ? {} : { 'accept-encoding': coding };
  // Not fetch: it hides in which coding the bytes came.
  const asked = request({ host: '127.0.0.1', port, path, headers, signal }).end();
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    asked.on('response', resolve).on('error', reject),
  );
  const body = await buffer(response);
  const { etag = '', 'content-encoding': given } = response.headers;
  if (response.statusCode !== 200) throw new Error(`${name}: GET ${path} gave ${response.statusCode}`);
  if (given !== coding) throw new Error(`${name}: GET ${path} came ${codingOf(given)}, not ${codingOf(coding)}`);
  const file = join(directory, `answer.${coding ?? 'json'}`);
  writeFileSync(file, body);
  return { path, body, file, etag, coding: coding ?? '' };
}

function codingOf(coding: string | undefined): string {
  return coding === undefined ? 'uncompressed' : `in ${coding}`;
}

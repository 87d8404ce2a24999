import type { ServerProcess } from '../processes/server-process.ts';
import type { Stage } from '../stage.ts';
import type { RunningContender } from './contenders.ts';
import { pageSize } from './operations.ts';

/** The tokens of the first pages, in their order; that of the very first is empty. */
export async function firstTokens(
  stage: Stage,
  { tokenAfter: known, server }: RunningContender,
  pages: number,
): Promise<string[]> {
  const tokens = [''];
  while (tokens.length < pages)
    tokens.push(known ? known(tokens.length * pageSize) : await nextToken(stage, server, tokens.at(-1) ?? ''));
  return tokens;
}

/** The token of the page after so many users; a service that signs its tokens is asked for all the pages before. */
export async function tokenAfter(
  stage: Stage,
  { tokenAfter: known, server }: RunningContender,
  users: number,
): Promise<string> {
  if (known) return known(users);
  stage.progress(`turning ${users / pageSize} pages of ${server.name}`);
  let token = '';
  for (let seen = 0; seen < users; seen += pageSize) token = await nextToken(stage, server, token);
  return token;
}

async function nextToken({ signal }: Stage, { name, port }: ServerProcess, token: string): Promise<string> {
  const query = token === '' ? '' : `&pageToken=${encodeURIComponent(token)}`;
  const response = await fetch(`http://127.0.0.1:${port}/users?pageSize=${pageSize}${query}`, { signal });
  const { nextPageToken } = (await response.json()) as { nextPageToken?: string };
  if (nextPageToken === undefined) throw new Error(`${name} gave no nextPageToken, but ${response.status}`);
  return nextPageToken;
}

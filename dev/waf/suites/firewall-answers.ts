import { readFile, stat } from 'node:fs/promises';
import { send } from '@seaworthy/acceptance/users/users-api';
import { inject } from 'vitest';
import { findingsIn } from '../src/findings.ts';
import type { Opening } from './openings.ts';

/** How a firewall and the program behind it answer one request. */
export interface Answers {
  /** The status of the firewall. */
  status: number;
  /** Whether the answer has the form of the program's own. */
  fromProgram: boolean;
  /** The rules that had something against it. */
  rules: string[];
  /** The status where no firewall is in between. */
  direct: number;
}

/** Sends the same request through the firewall and to the program. */
export async function answersTo({ path, request }: Opening, text: string): Promise<Answers> {
  const { direct, firewall, log } = inject('addresses');
  const { size } = await stat(log);
  const stopped = await send(() => ({ baseUrl: firewall }), path(text), request?.(text));
  const said = (await readFile(log)).subarray(size).toString();
  const open = await send(() => ({ baseUrl: direct }), path(text), request?.(text));
  return {
    status: stopped.status,
    fromProgram: /json/.test(stopped.headers.get('content-type') ?? ''),
    rules: findingsIn(said).map(({ rule }) => rule),
    direct: open.status,
  };
}

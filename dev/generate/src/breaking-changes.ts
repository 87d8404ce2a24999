import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Pinned: a newer one may judge the same change otherwise. */
const oasdiff = 'github.com/oasdiff/oasdiff@v1.36.0';
const severities = join(import.meta.dirname, '../oasdiff-severities.txt');

/** Two OpenAPI documents, and the changes between them that were agreed to: paths of files. */
export interface Comparison {
  released: string;
  current: string;
  accepted: string;
}

interface Finding {
  id: string;
  text: string;
  operation?: string;
  path?: string;
}

/** Whether Go is on this machine, which is what compares. */
export function goIsHere(): boolean {
  return spawnSync('go', ['version']).status === 0;
}

/**
 * The changes that break a caller of the released contract, each on a line, as the list of accepted ones would have it.
 * @throws where the comparison could not be made
 */
export function breakingChanges({ released, current, accepted }: Comparison): string[] {
  const ignored = ['--err-ignore', accepted, '--warn-ignore', accepted];
  const options = ['--format', 'json', '--severity-levels', severities, ...ignored];
  const { status, stdout, stderr } = run(['breaking', released, current, ...options]);
  if (status !== 0) throw new Error(`oasdiff did not compare: ${stderr}`);
  return (JSON.parse(stdout || '[]') as Finding[]).map(lineOf);
}

function run(args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync('go', ['run', oasdiff, ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

function lineOf({ id, text, operation = '', path = '' }: Finding): string {
  return `${`${operation} ${path}`.trim() || 'components'} ${text} [${id}]`;
}

import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import type { Finding } from '../finding.ts';

/** What promtool says of the rules and their cases; nothing where it is not on this machine. */
export function promtool(repository: string): Finding[] | undefined {
  const directory = 'deploy/monitor';
  const files = (folder: string) => globSync(`${folder}/*.yaml`, { cwd: `${repository}/${directory}` }).sort();
  const runs = [
    ['check', 'rules', ...files('rules')],
    ['test', 'rules', ...files('cases')],
  ].map((args) => spawnSync('promtool', args, { cwd: `${repository}/${directory}`, encoding: 'utf8' }));
  if (runs.some(({ error }) => error)) return undefined;
  return runs
    .filter(({ status }) => status !== 0)
    .map(({ stdout, stderr }) => ({ file: directory, rule: 'promtool', why: `${stdout}${stderr}`.trim() }));
}

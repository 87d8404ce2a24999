import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { policyFolder } from './policy/rule.ts';

const tools = join(import.meta.dirname, '../tools/gator');

/**
 * Gatekeeper's own verdict on the samples: `gator verify`, built by Go, for one or two minutes the first time.
 * `undefined` where there is no Go, or none that can get and build it; else what it finds: nothing where all is well.
 */
export function gatorFindings(repository: string): string | undefined {
  if (spawnSync('go', ['tool', '-n', 'gator'], { cwd: tools }).status !== 0) return undefined;
  const samples = join(repository, policyFolder, 'samples/suite.yaml');
  const { status, stdout, stderr } = spawnSync('go', ['tool', 'gator', 'verify', samples], {
    cwd: tools,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

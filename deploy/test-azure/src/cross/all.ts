import { environments } from '../bicep/environment.ts';
import type { Files } from '../files.ts';
import type { Finding } from '../finding.ts';
import { type Deployed, deployed } from './deployed.ts';
import { facts } from './facts.ts';
import { identities } from './identities.ts';
import { outputs } from './outputs.ts';
import { platform } from './platform.ts';

const checks: readonly ((deployed: Deployed) => Finding[])[] = [facts, identities, platform];

/** Facts that stand in Bicep and in YAML are equal in both. */
export function crossRoom(files: Files): Finding[] {
  const findings = environments.flatMap((environment) => {
    const all = deployed(files, environment);
    return checks.flatMap((check) => attempt(() => check(all)));
  });
  return [...outputs(files), ...findings];
}

/** What is not there at all, the checks of types have told; these would only stumble over it. */
function attempt(check: () => Finding[]): Finding[] {
  try {
    return check();
  } catch (error) {
    return [{ file: 'deploy/main.bicep', rule: 'cross', why: `cannot be compared: ${(error as Error).message}` }];
  }
}

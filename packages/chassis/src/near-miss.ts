import { distance } from 'fastest-levenshtein';
import type { Environment } from './environment.ts';

/** The names that settings are read from: themselves, and `X_FILE` for those that are secrets. */
export interface SettingNames {
  settings: readonly string[];
  files: readonly string[];
}

/**
 * Finds names in the environment that look like a misspelt setting: `SUBSCRIPTON_ID`, `REDIS_HOST` for `REDISHOST`.
 * They are hints, never errors: Kubernetes and shells put much into the environment that is none of ours.
 */
export function nearMisses({ settings, files }: SettingNames, env: Environment): string[] {
  const known = new Set([...settings, ...files]);
  const unset = settings.filter((name) => !env[name] && !(files.includes(`${name}_FILE`) && env[`${name}_FILE`]));
  return Object.keys(env)
    .filter((name) => env[name] && !known.has(name))
    .flatMap((name) => {
      const meant = unset.find((setting) => name === `${setting}_FILE` || looksLike(name, setting));
      if (meant === undefined) return [];
      return name === `${meant}_FILE`
        ? [`${name} is not read, as only secrets can be files: set ${meant}.`]
        : [`${name} is not a setting: did you mean ${meant}?`];
    });
}

function looksLike(name: string, setting: string): boolean {
  const [a, b] = [plain(name), plain(setting)];
  // Four-letter names such as HOST are a step away from too many others, and REDISHOST two from Kubernetes' REDIS_PORT.
  return a === b || (b.length > 4 && distance(a, b) <= (b.length > 11 ? 2 : 1));
}

function plain(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
}

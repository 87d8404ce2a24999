import { distance } from 'fastest-levenshtein';
import type { Environment } from './environment.ts';

/**
 * Finds names in the environment that look like a misspelt setting: `SUBSCRIPTON_ID`, `REDIS_HOST` for `REDISHOST`.
 * They are hints, never errors: Kubernetes and shells put much into the environment that is none of ours.
 */
export function nearMisses(settings: readonly string[], env: Environment): string[] {
  const known = new Set(settings.flatMap((name) => [name, `${name}_FILE`]));
  const unset = settings.filter((name) => !env[name] && !env[`${name}_FILE`]);
  return Object.keys(env)
    .filter((name) => env[name] && !known.has(name))
    .flatMap((name) => {
      const meant = unset.find((setting) => looksLike(name, setting));
      return meant === undefined ? [] : [`${name} is not a setting: did you mean ${meant}?`];
    });
}

function looksLike(name: string, setting: string): boolean {
  const [a, b] = [plain(name), plain(setting)];
  // Four-letter names such as HOST are a step away from too many others.
  return a === b || (b.length > 4 && distance(a, b) <= (b.length > 11 ? 2 : 1));
}

function plain(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
}

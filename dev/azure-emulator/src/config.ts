import { resolve } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { problemsOf } from './problems.ts';

const port = (description: string, fallback: number) =>
  Type.Integer({ description, minimum: 0, maximum: 65_535, default: fallback });

const packageDir = resolve(import.meta.dirname, '..');

/** The program's settings, each an environment variable. */
export const Settings = Type.Object({
  HOST: Type.String({ description: 'Address to bind', minLength: 1, default: '127.0.0.1' }),
  HTTPS_PORT: port('Port of Entra, the cluster issuer and ARM', 8443),
  HTTP_PORT: port('Port of managed identity and `/_emulator`', 8444),
  STATE_FILE: Type.String({ description: 'The seed', minLength: 1, default: resolve(packageDir, 'seed.json') }),
  OUTPUT_DIR: Type.String({
    description: 'Where `ca.pem` and `tokens/` are written',
    minLength: 1,
    default: resolve(packageDir, '.data'),
  }),
  PAGE_SIZE: Type.Integer({ description: 'Resource groups a page', minimum: 1, maximum: 1000, default: 5 }),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    description: 'Least level logged',
    default: 'info',
  }),
});
export type Settings = Static<typeof Settings>;

/** Reads the settings from the environment. Throws one Error that names every bad one. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  // An empty variable means unset: a shell has no other way to say so.
  const given = Object.entries(Settings.properties).flatMap(([name, schema]) => {
    const text = env[name];
    return text ? [[name, 'minimum' in schema ? numberOrText(text) : text]] : [];
  });
  const value = Value.Default(Settings, Object.fromEntries(given));
  const problems = problemsOf(Settings, value);
  if (problems.length > 0) throw new Error(`Bad settings: ${problems.map((each) => each.slice(1)).join('; ')}`);
  return value as Settings;
}

function numberOrText(text: string): number | string {
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

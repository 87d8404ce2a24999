import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { commonSettings } from './common-settings.ts';
import type { Environment, SettingFault, SettingRule } from './environment.ts';
import { nearMisses, type SettingNames } from './near-miss.ts';
import { followSecretFile, readSecretFile, Secret } from './secret.ts';
import { readTextValues } from './text-values.ts';
import { faultsOf } from './validation.ts';

/** Every setting that is wrong, in one readable message. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** A service's settings: its own, then those that every service has. Names are those of the environment. */
export function defineSettings<P extends TProperties>(own: P) {
  return Type.Object({ ...own, ...commonSettings });
}

/**
 * Reads settings from the environment by their schema.
 * Lists are comma separated; a secret `X` may stand in a file named by `X_FILE`, which is then followed.
 * @returns the settings, and hints about names that look like misspelt settings
 * @throws SettingsError naming all the settings that are wrong, each with an example
 */
export function readSettings<S extends TObject>(
  schema: S,
  env: Environment,
  rules: readonly SettingRule<Static<S>>[] = [],
): { settings: Static<S>; hints: string[] } {
  const { texts, faults } = collectTexts(schema, env);
  const values = Value.Default(schema, readTextValues(schema, texts)) as Record<string, unknown>;
  for (const { pointer, detail } of faultsOf([...Compile(schema).Errors(values)])) {
    const name = pointer.split('/')[1] ?? '';
    if (!faults.some((known) => known.name === name || known.name === `${name}_FILE`))
      faults.push({ name, fault: describe(schema.properties[name], texts[name], detail) });
  }
  // What is wrong with the file of X is wrong with X: no rule has to miss it as well.
  const wrong = new Set(faults.flatMap(({ name }) => [name, name.replace(/_FILE$/, '')]));
  const settings = withSecrets(schema, values);
  const sound = Object.fromEntries(Object.entries(settings).filter(([name]) => !wrong.has(name))) as Partial<Static<S>>;
  faults.push(...rules.flatMap((rule) => rule(sound) ?? []).filter(({ name }) => !wrong.has(name)));
  const hints = nearMisses(namesOf(schema), env);
  if (faults.length > 0) throw new SettingsError(report(schema, faults, hints));
  followFiles(schema, settings, env);
  return { settings: settings as Static<S>, hints };
}

function collectTexts(schema: TObject, env: Environment) {
  const texts: Record<string, unknown> = {};
  const faults: SettingFault[] = [];
  for (const [name, property] of Object.entries(schema.properties)) {
    const text = env[name]?.trim();
    const path = isSecret(property) ? env[`${name}_FILE`]?.trim() : undefined;
    if (text === '' && 'neverEmpty' in property) faults.push({ name, fault: 'is empty: set it, or leave it out' });
    else if (text && path) faults.push({ name, fault: `is set twice, also by ${name}_FILE: set one of them` });
    else if (path) readFileInto(texts, faults, { name, path });
    else if (text)
      texts[name] = isList(property)
        ? text
            .split(',')
            .map((item) => item.trim())
            .filter(Boolean)
        : text;
  }
  return { texts, faults };
}

function readFileInto(
  texts: Record<string, unknown>,
  faults: SettingFault[],
  file: { name: string; path: string },
): void {
  try {
    texts[file.name] = readSecretFile(file.path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    faults.push({ name: `${file.name}_FILE`, fault: `names a file that cannot be read (${code}): ${file.path}` });
    texts[file.name] = undefined;
  }
}

function withSecrets(schema: TObject, values: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(schema.properties).map(([name, property]): [string, unknown] => {
    const value = values[name];
    return [name, isSecret(property) && typeof value === 'string' ? new Secret(value) : value];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function followFiles(schema: TObject, settings: Record<string, unknown>, env: Environment): void {
  for (const [name, property] of Object.entries(schema.properties)) {
    const [secret, path] = [settings[name], env[`${name}_FILE`]?.trim()];
    const validator = Compile(property);
    if (secret instanceof Secret && path) followSecretFile(secret, path, (next) => validator.Check(next));
  }
}

function describe(property: TSchema | undefined, text: unknown, detail: string): string {
  if (text === undefined) return `is missing: ${purpose(property)}`;
  const value = isSecret(property)
    ? 'what it is (not shown here)'
    : JSON.stringify([text].flat().join(',').slice(0, 60));
  // A regular expression says nothing to a person; what the setting is for does.
  return detail.startsWith('must match') ? `cannot be ${value}: ${purpose(property)}` : `${detail}, but is ${value}`;
}

function purpose(property: TSchema | undefined): string {
  return (property as { description?: string } | undefined)?.description ?? '';
}

function report(schema: TObject, faults: readonly SettingFault[], hints: readonly string[]): string {
  const lines = faults.map(({ name, fault }) => `  ${name} ${fault}${example(schema, name)}`);
  const title = faults.length === 1 ? 'A setting is wrong:' : `${faults.length} settings are wrong:`;
  return [title, ...lines, ...hints.map((hint) => `  Hint: ${hint}`)].join('\n');
}

function example(schema: TObject, name: string): string {
  const property = schema.properties[name] as { examples?: unknown[]; default?: unknown } | undefined;
  const value = property?.examples?.[0] ?? property?.default;
  return value === undefined ? '' : `\n    for example ${name}=${[value].flat().join(',')}`;
}

function namesOf(schema: TObject): SettingNames {
  const settings = Object.keys(schema.properties);
  const files = settings.filter((name) => isSecret(schema.properties[name])).map((name) => `${name}_FILE`);
  return { settings, files };
}

function isSecret(property: TSchema | undefined): boolean {
  return property !== undefined && 'secret' in property;
}

function isList(property: TSchema): boolean {
  return 'type' in property && property.type === 'array';
}

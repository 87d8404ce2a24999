import type { TObject } from 'typebox';

interface SettingShape {
  description?: string;
  default?: unknown;
  secret?: true;
  enum?: string[];
}

const markers = { begin: '<!-- settings:begin -->', end: '<!-- settings:end -->' };

/** A Markdown table of a service's settings, from the schema that they are validated by. */
export function settingsTable(schema: TObject): string {
  const required = new Set<string>(schema.required);
  const rows = Object.entries(schema.properties).map(([name, property]) =>
    row(name, property as SettingShape, required),
  );
  return ['| setting | default | what it is |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Puts a table between the markers of a README. Throws where there are none. */
export function withSettingsTable(readme: string, table: string): string {
  const [begin, end] = [readme.indexOf(markers.begin), readme.indexOf(markers.end)];
  if (begin < 0 || end < begin) throw new Error(`the README has no ${markers.begin} … ${markers.end}`);
  return `${readme.slice(0, begin)}${markers.begin}\n\n${table}\n\n${readme.slice(end)}`;
}

function row(name: string, setting: SettingShape, required: ReadonlySet<string>): string {
  const { description = '', secret, enum: words } = setting;
  const choice = words ? ` One of ${words.map((word) => `\`${word}\``).join(', ')}.` : '';
  const file = secret ? ` A secret: can be a mounted file, named by \`${name}_FILE\`.` : '';
  return `| \`${name}\` | ${defaultOf(name, setting, required)} | ${`${description}${choice}${file}`.replaceAll('|', '\\|')} |`;
}

function defaultOf(name: string, setting: SettingShape, required: ReadonlySet<string>): string {
  if (setting.default !== undefined) return `\`${[setting.default].flat().join(',')}\``;
  return required.has(name) ? '**required**' : '';
}

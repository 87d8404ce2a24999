import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import type { JsonObject } from '../src/json.ts';
import { openApi30 } from '../src/openapi-30.ts';
import { repository } from '../src/output.ts';

const folder = join(repository, 'docs/api');
const services = readdirSync(folder).flatMap((name) => /^(.*)\.openapi\.json$/.exec(name)?.[1] ?? []);

function committed(name: string): JsonObject {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

test.for(services)('%s: what is committed as 3.1 and as 3.0 is valid as that', async (service) => {
  for (const [name, version] of [
    ['openapi', '3.1'],
    ['openapi-3.0', '3.0'],
  ]) {
    const validator = new Validator();
    expect(await validator.validate(committed(`${service}.${name}.json`)), name).toEqual({ valid: true });
    expect(validator.version).toBe(version);
  }
});

test.for(services)('%s: the 3.0 document says what the 3.1 one says, but for schemas and roles', (service) => {
  const dialect = new Set(['schema', 'security']);
  const outline = ({ paths }: JsonObject) =>
    JSON.parse(JSON.stringify(paths, (key, value) => (dialect.has(key) ? undefined : value)));
  expect(outline(committed(`${service}.openapi-3.0.json`))).toEqual(outline(committed(`${service}.openapi.json`)));
});

test.for(services)('%s: its 3.1 document does not pass for 3.0', async (service) => {
  const claimed = { ...committed(`${service}.openapi.json`), openapi: '3.0.3' };
  expect((await new Validator().validate(claimed)).valid).toBe(false);
  expect((await new Validator().validate(openApi30(committed(`${service}.openapi.json`)))).valid).toBe(true);
});

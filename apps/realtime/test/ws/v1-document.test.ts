import { readFileSync } from 'node:fs';
import { ClientMessage, ServerMessage } from '@seaworthy/contracts/realtime-v1';
import { Value } from 'typebox/value';
import { expect, it } from 'vitest';

const document = readFileSync(new URL('../../../../docs/realtime.md', import.meta.url), 'utf8');
const examples = document.split('\n').filter((line) => /^[<>] /.test(line));

it.each(examples)('docs/realtime.md shows a frame of the contract: %s', (line) => {
  const schema = line.startsWith('>') ? ClientMessage : ServerMessage;
  expect(Value.Errors(schema, JSON.parse(line.slice(2)))).toEqual([]);
});

it.each([
  ['>', ClientMessage],
  ['<', ServerMessage],
])('docs/realtime.md shows every kind of frame: %s', (sign, { anyOf }) => {
  const shown = examples.filter((line) => line.startsWith(sign)).map((line) => JSON.parse(line.slice(2)).type);
  const known = anyOf.map(({ properties }) => properties.type.const);
  expect(new Set(shown)).toEqual(new Set(known));
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { breakingChanges, goIsHere } from '../src/breaking-changes.ts';
import { type Change, changed, pathOf, unchanged } from './things.ts';

const ok = '/get/responses/200';
const thing = `${ok}/content/application~1json/schema`;
const problem = '/get/responses/default/content/application~1problem+json/schema';
const body = '/post/requestBody/content/application~1json/schema';
const text = { type: 'string' };
const header = { in: 'header', name: 'if-match', required: true, schema: text };

const breaks: Change[] = [
  ['a path is gone', ''],
  ['a method is gone', '/post'],
  ['an operation has another id', '/get/operationId', 'other'],
  ['a status is gone', ok],
  ['a status that is no success is gone', '/get/responses/304'],
  ['a media type of an answer is gone', `${ok}/content/text~1event-stream`],
  ['a header of an answer is gone', `${ok}/headers/etag`],
  ['a header of an answer may be missing', `${ok}/headers/age/required`, false],
  ['a field of an answer is gone', `${thing}/properties/note`],
  ['a field of an answer may be missing', `${thing}/required`, []],
  ['a field of an answer has another type', `${thing}/properties/note`, { type: 'integer' }],
  ['a field of an answer may be null', `${thing}/properties/note/type`, ['string', 'null']],
  ['a field of an answer has another word', `${thing}/properties/kind/enum`, ['big', 'small', 'tiny']],
  ['a field of a problem is gone', `${problem}/properties/detail`],
  ['a parameter is needed', '/get/parameters/0/required', true],
  ['a header is needed', '/get/parameters/2', header],
  ['a parameter is gone', '/get/parameters', []],
  ['a parameter has a lower limit', '/get/parameters/0/schema/maximum', 5],
  ['a parameter lacks a word', '/get/parameters/1/schema/enum', ['big']],
  ['another role is needed', '/get/security', [{ bearer: ['Things.Audit'] }]],
  ['a token is needed', '/post/security', [{ bearer: [] }]],
  ['a body is needed', '/post/requestBody/required', true],
  ['a media type of a body is gone', '/post/requestBody/content/text~1csv'],
  ['a field of a body is needed', `${body}/required`, ['name', 'count']],
  ['a field of a body is gone', `${body}/properties/count`],
  ['a field of a body is shorter', `${body}/properties/name/maxLength`, 10],
  ['a field of a body has a pattern', `${body}/properties/name/pattern`, '^[a-b]*$'],
  ['a field of a body has a higher bound', `${body}/properties/count/exclusiveMinimum`, 5],
  ['a field of a body lacks a word', `${body}/properties/kind/enum`, ['big']],
  ['a field of a body has another type', `${body}/properties/name`, { type: 'integer' }],
  ['a field of a body cannot be null', `${body}/properties/remark/type`, 'string'],
  ['a list of a body is shorter', `${body}/properties/list/maxItems`, 4],
  ['a map of a body has fewer entries', `${body}/properties/labels/maxProperties`, 4],
  ['a map of a body has shorter names', `${body}/properties/labels/propertyNames/maxLength`, 4],
];

const harmless: Change[] = [
  ['a field of an answer is new', `${thing}/properties/more`, text],
  ['a status is new', '/get/responses/206', { description: 'Some things.' }],
  ['a method is new', '/delete', { operationId: 'delete', responses: { 204: { description: 'Gone.' } } }],
  ['a parameter is new', '/get/parameters/2', { ...header, required: false }],
  ['a field of a body is new', `${body}/properties/more`, text],
  ['a field of a body is longer', `${body}/properties/name/maxLength`, 30],
  ['another role will do, too', '/get/security', [{ bearer: ['Things.Read'] }, { bearer: ['Things.ReadWrite'] }]],
  ['a description is another', `${ok}/description`, 'Other words.'],
];

const folder = mkdtempSync(join(tmpdir(), 'contracts-'));
afterAll(() => rm(folder, { recursive: true }));
const before = file('before.json', JSON.stringify(unchanged([...breaks, ...harmless])));
const after = file('after.json', JSON.stringify(changed([...breaks, ...harmless])));
// One comparison for all: each change is in a path of its own.
const found = (accepted: string) =>
  breakingChanges({ released: before, current: after, accepted: file('accepted.md', accepted) });

describe.skipIf(!goIsHere())('what breaks a caller (needs Go)', () => {
  const lines = goIsHere() ? found('') : [];
  const linesOf = ([title]: Change) => lines.filter((line) => line.split(' ')[1] === pathOf(title));

  test.for(breaks)('breaks: %s', (change) => {
    expect(linesOf(change)).not.toEqual([]);
  });

  test.for(harmless)('does not: %s', (change) => {
    expect(linesOf(change)).toEqual([]);
  });

  test('a break that was agreed to is none, and no other one is let through by it', () => {
    const agreed =
      'GET /a-field-of-an-answer-is-gone removed the optional property `note` from the response with the `200` status';
    expect(lines.filter((line) => line.startsWith(agreed))).toHaveLength(1);
    expect(found(`# Agreed\n\n${agreed}: it was never filled.\n`)).toEqual(
      lines.filter((line) => !line.startsWith(agreed)),
    );
  });

  test('a document that cannot be read is an error, not a promise kept', () => {
    const comparison = { released: before, current: file('broken.json', '{'), accepted: file('none.md', '') };
    expect(() => breakingChanges(comparison)).toThrow('oasdiff did not compare');
  });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

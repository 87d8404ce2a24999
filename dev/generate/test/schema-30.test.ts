import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../src/json.ts';
import { schema30 } from '../src/schema-30.ts';

const text = { type: 'string' };

const renderings: [title: string, schema: Json, rendering: JsonObject][] = [
  [
    'null as one of two types',
    { type: ['string', 'null'], maxLength: 9 },
    { type: 'string', nullable: true, maxLength: 9 },
  ],
  ['several types', { type: ['string', 'integer'] }, { anyOf: [text, { type: 'integer' }] }],
  [
    'several types and null',
    { type: ['string', 'boolean', 'null'] },
    {
      anyOf: [
        { ...text, nullable: true },
        { type: 'boolean', nullable: true },
      ],
    },
  ],
  ['null alone', { type: 'null', description: 'Nothing.' }, { enum: [null], description: 'Nothing.' }],
  [
    'a union with null',
    { anyOf: [{ type: 'string', minLength: 1 }, { type: 'null' }], description: 'D' },
    { type: 'string', nullable: true, minLength: 1, description: 'D' },
  ],
  [
    'a union of words with null',
    { oneOf: [{ ...text, enum: ['a'] }, { type: 'null' }] },
    { ...text, nullable: true, enum: ['a', null] },
  ],
  [
    'a union of several with null',
    { anyOf: [text, { type: 'integer' }, { type: 'null' }] },
    { anyOf: [text, { type: 'integer' }, { enum: [null] }] },
  ],
  [
    'a union with null of a reference',
    { anyOf: [{ $ref: '#/a' }, { type: 'null' }] },
    { anyOf: [{ $ref: '#/a' }, { enum: [null] }] },
  ],
  ['a constant', { const: 'a' }, { enum: ['a'] }],
  ['a constant that is false', { const: false }, { enum: [false] }],
  ['examples', { ...text, examples: ['a', 'b'] }, { ...text, example: 'a' }],
  ['examples beside an example', { example: 'a', examples: ['b'] }, { example: 'a' }],
  [
    'exclusive bounds',
    { exclusiveMinimum: 0, exclusiveMaximum: 9 },
    { minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: true },
  ],
  ['a bound that is tighter than the exclusive one', { minimum: 5, exclusiveMinimum: 4 }, { minimum: 5 }],
  [
    'a bound that is looser than the exclusive one',
    { maximum: 9, exclusiveMaximum: 9 },
    { maximum: 9, exclusiveMaximum: true },
  ],
  [
    'names of fields',
    { type: 'object', propertyNames: { maxLength: 9 }, maxProperties: 2 },
    { type: 'object', maxProperties: 2 },
  ],
  [
    'fields by pattern',
    { patternProperties: { '^.*$': text }, additionalProperties: false },
    { additionalProperties: text },
  ],
  [
    'fields by several patterns',
    { patternProperties: { a: text, b: { const: 1 } }, additionalProperties: false },
    { additionalProperties: { anyOf: [text, { enum: [1] }] } },
  ],
  ['fields by pattern among any', { patternProperties: { a: text } }, {}],
  ['a binary text', { ...text, contentEncoding: 'base64', contentMediaType: 'image/png' }, { ...text, format: 'byte' }],
  ['anything', true, {}],
  ['nothing at all', { type: 'array', items: false }, { type: 'array', items: { not: {} } }],
  ['a reference alone', { $ref: '#/a' }, { $ref: '#/a' }],
  ['a reference with a description', { $ref: '#/a', description: 'D' }, { allOf: [{ $ref: '#/a' }], description: 'D' }],
  [
    'a property that is called like a keyword',
    { properties: { const: { const: 1 }, examples: text } },
    { properties: { const: { enum: [1] }, examples: text } },
  ],
  [
    'an example that looks like a schema',
    { examples: [{ const: 1, type: ['a', 'null'] }] },
    { example: { const: 1, type: ['a', 'null'] } },
  ],
  ['an extension', { 'x-extensible-enum': ['a'] }, { 'x-extensible-enum': ['a'] }],
];

test.for(renderings)('%s', ([, schema, rendering]) => {
  expect(schema30(schema)).toEqual(rendering);
});

test('deep inside, too', () => {
  const deep = (schema: JsonObject) => ({
    allOf: [{ not: { items: { additionalProperties: { properties: { a: schema } } } } }],
  });
  expect(schema30(deep({ type: ['string', 'null'] }))).toEqual(deep({ type: 'string', nullable: true }));
});

test.for(['$defs', '$dynamicRef', 'prefixItems', 'typo'])(
  'a keyword that it does not know is an error: %s',
  (keyword) => {
    expect(() => schema30({ properties: { a: { [keyword]: {} } } })).toThrow(keyword);
  },
);

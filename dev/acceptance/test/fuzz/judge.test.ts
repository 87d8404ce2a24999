import { expect, test } from 'vitest';
import type { Operation } from './document.ts';
import { faultsOf } from './judge.ts';
import type { Request } from './requests.ts';

const json = 'application/json';
const problem = 'application/problem+json';
const named = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const operation: Operation = {
  method: 'POST',
  path: '/things',
  operationId: 'createThing',
  parameters: [],
  requestBody: { required: true, content: { [json]: { schema: named } } },
  responses: {
    201: { headers: { etag: { required: true, schema: { type: 'string' } } }, content: { [json]: { schema: named } } },
    204: {},
    default: { content: { [problem]: { schema: { type: 'object', required: ['status'] } } } },
  },
};

/** What is found where the answer to a request that is as it should be has this status, this type and this body. */
function judged(status: number, type: string, body: string, etag = '"1"', sent = '{"name":"a"}'): string[] {
  const headers = { 'content-type': type, ...(etag && { etag }) };
  const request: Request = {
    method: 'POST',
    target: '/things',
    headers: { 'content-type': json },
    body: Buffer.from(sent),
  };
  return faultsOf(operation, request, { status, headers, body: Buffer.from(body) });
}

test('nothing, where an answer is as the document says', () => {
  expect(judged(201, `${json}; charset=utf-8`, '{"name":"a"}')).toEqual([]);
  expect(judged(204, '', '')).toEqual([]);
  expect(judged(404, problem, '{"status":404}')).toEqual([]);
});

test.for<[string, string[]]>([
  ['a 503', judged(503, problem, '{"status":503}')],
  ['the document names no 200', judged(200, json, '{"name":"a"}')],
  ['text/html with a 404', judged(404, 'text/html', '<p>')],
  ['application/json with a 404', judged(404, json, '{"status":404}')],
  ['nothing with a 201', judged(201, '', '')],
  ['a body with a 204', judged(204, json, '{}')],
  ['the body of a 201 does not follow its schema', judged(201, json, '{"name":1}')],
  ['a problem of status 400 with a 404', judged(404, problem, '{"status":400}')],
  ['a 201 without etag', judged(201, json, '{"name":"a"}', '')],
  ['a 201 for a body that does not follow its schema', judged(201, json, '{"name":"a"}', '"1"', '{"name":null}')],
  ['a 201 for a body that is not there', judged(201, json, '{"name":"a"}', '"1"', '')],
])('%s', ([fault, found]) => {
  expect(found).toEqual([expect.stringContaining(fault)]);
});

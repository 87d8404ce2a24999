import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Json, Operation, ResponseEntry, Schema } from './document.ts';
import type { Request } from './requests.ts';
import type { Answer } from './wire.ts';

// Another validator than the services' own.
const ajv = formats.default(new Ajv2020({ strict: false }));
const compiled = new WeakMap<Schema, ValidateFunction>();

/** What of an answer is against the document: nothing, when all is well. */
export function faultsOf(operation: Operation, request: Request, answer: Answer): string[] {
  const { status } = answer;
  if (status >= 500) return [`a ${status}: ${answer.body}`];
  const named = operation.responses[String(status)];
  const entry = named ?? operation.responses['default'];
  if (entry === undefined || (named === undefined && status < 400)) return [`the document names no ${status}`];
  return [
    ...bodyFaults(entry, answer),
    ...headerFaults(entry, answer),
    ...(status < 300 ? objections(operation, request).map((why) => `a ${status} for a body that ${why}`) : []),
  ];
}

/** The answer's body as JSON, where it is some. */
export function jsonOf({ headers, body }: Answer): Json | undefined {
  return body.length > 0 && /[/+]json\b/.test(headers['content-type'] ?? '')
    ? (JSON.parse(body.toString('utf8')) as Json)
    : undefined;
}

function bodyFaults({ content = {} }: ResponseEntry, answer: Answer): string[] {
  const { status, headers, body } = answer;
  if (Object.keys(content).length === 0) return body.length > 0 ? [`a body with a ${status}: ${body}`] : [];
  const mediaType = headers['content-type']?.replace(/;.*/, '') || 'nothing';
  const described = content[mediaType];
  if (described === undefined) return [`${mediaType} with a ${status}, where the document has ${Object.keys(content)}`];
  if (described.schema === undefined || mediaType === 'text/event-stream') return [];
  const value = jsonOf(answer);
  const told = mediaType === 'application/problem+json' ? (value as { status?: number }).status : status;
  return [
    ...complaints(described.schema, value).map((complaint) => `the body of a ${status} ${complaint}: ${body}`),
    ...(told === status ? [] : [`a problem of status ${told} with a ${status}`]),
  ];
}

function headerFaults({ headers: described = {} }: ResponseEntry, { status, headers }: Answer): string[] {
  return Object.entries(described).flatMap(([name, { required, schema }]) => {
    const text = headers[name.toLowerCase()];
    if (text === undefined) return required ? [`a ${status} without ${name}`] : [];
    const value = schema.type === 'integer' ? Number(text) : String(text);
    return complaints(schema, value).map((complaint) => `${name}, ${text}, ${complaint}`);
  });
}

/** Why the document refuses the body, if it does: a success for such a one means that something was not looked at. */
function objections({ requestBody }: Operation, { headers, body }: Request): string[] {
  if (requestBody === undefined) return [];
  const mediaType = headers['content-type']?.replace(/;.*/, '').toLowerCase() ?? '';
  const isEmptyText = ['text/plain', 'application/octet-stream'].includes(mediaType); // nothing is a text, but no JSON
  if (body === undefined || body.length === 0) return requestBody.required && !isEmptyText ? ['is not there'] : [];
  const schema = requestBody.content[mediaType]?.schema;
  if (schema === undefined) return [`is ${mediaType}, which is not named`];
  const text = body?.toString('utf8') ?? '';
  return complaints(schema, mediaType.endsWith('json') ? JSON.parse(text) : text);
}

function complaints(schema: Schema, value: unknown): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  return validate(value) ? [] : [`does not follow its schema (${ajv.errorsText(validate.errors)})`];
}

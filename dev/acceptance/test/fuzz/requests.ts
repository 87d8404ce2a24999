import fc, { type Arbitrary } from 'fast-check';
import type { Json, Operation, Parameter } from './document.ts';
import { hostileBody, hostileHeaders, hostileQuery, hostileText, hostileValue } from './hostile.ts';
import type { Recollection } from './recollection.ts';
import { valuesFor } from './values.ts';

/** What a service is asked for beyond what its document can tell: texts and bodies with a grammar of their own. */
export interface Knowledge {
  /** By name of the parameter. */
  texts?: Record<string, Arbitrary<string>>;
  /** By id of the operation. */
  bodies?: Record<string, Arbitrary<unknown>>;
}

interface Argument {
  parameter: Parameter;
  text: string;
  /** Whether a value that answers told is taken, where there is one. */
  recalled: boolean;
}

interface Body {
  mediaType: string;
  bytes: Buffer;
}

/** A request before it is known which resources there are. */
export interface Plan {
  operation: Operation;
  arguments: Argument[];
  headers: Record<string, string>;
  /** Which of the resources that are known. */
  pick: number;
  query?: string;
  body?: Body | undefined;
}

/** A request as it is sent. */
export interface Request {
  method: string;
  target: string;
  headers: Record<string, string>;
  body?: Buffer | undefined;
}

/** Requests for an operation: half of them as the document asks, half as nobody should. */
export function plansFor(operation: Operation, knowledge: Knowledge): Arbitrary<Plan> {
  // What a report of the failure shows of a plan; the request itself is in the error.
  return anyPlan(operation, knowledge).map((plan) => ({ ...plan, [fc.toStringMethod]: () => operation.operationId }));
}

function anyPlan(operation: Operation, knowledge: Knowledge): Arbitrary<Plan> {
  const content = Object.entries(operation.requestBody?.content ?? {});
  const values = content.map(([mediaType, { schema = {} }]) =>
    (knowledge.bodies?.[operation.operationId] ?? valuesFor(schema)).map((value) => ({
      mediaType,
      value: value as Json,
    })),
  );
  const sound = values.map((value) => value.map(({ mediaType, value }) => ({ mediaType, bytes: written(value) })));
  const mutated = values.map((value) =>
    fc.tuple(value, fc.nat(), hostileText, fc.option(hostileValue, { nil: undefined })).map(mutatedBody),
  );
  const [first = 'application/json'] = content.map(([mediaType]) => mediaType);
  const wild = hostileBody.map((bytes) => ({ mediaType: first, bytes }));
  const common = { operation: fc.constant(operation), pick: fc.nat(100) };
  return fc.oneof(
    fc.record({
      ...common,
      arguments: argumentsFor(operation, knowledge),
      headers: fc.constant({}),
      body: sound.length > 0 ? fc.oneof(...sound) : fc.constant(undefined),
    }),
    fc.record({
      ...common,
      arguments: oddArgumentsFor(operation, knowledge),
      headers: fc.oneof(fc.constant({}), hostileHeaders),
      query: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, hostileQuery),
      body: fc.oneof(
        { weight: sound.length > 0 ? 1 : 4, arbitrary: fc.constant(undefined) },
        ...sound,
        ...mutated,
        wild,
      ),
    }),
  );
}

function textFor({ name, schema, example }: Parameter, { texts }: Knowledge): Arbitrary<string> {
  const single = schema.type === 'array' ? (schema.items ?? {}) : schema;
  const generated = texts?.[name] ?? valuesFor(single).map(String);
  return example === undefined ? generated : fc.oneof(fc.constantFrom(...[example].flat().map(String)), generated);
}

const mostly = fc.constantFrom(true, true, true, false);

function argumentsFor(operation: Operation, knowledge: Knowledge): Arbitrary<Argument[]> {
  const given = operation.parameters.map((parameter) => {
    const argument = fc.record({
      parameter: fc.constant(parameter),
      text: textFor(parameter, knowledge),
      recalled: mostly,
    });
    // Few of many: each of them is one more reason to find nothing. But hardly a change goes without its condition.
    const weight = parameter.in === 'header' ? 1 : 4;
    return parameter.required ? argument : fc.oneof({ weight, arbitrary: fc.constant(undefined) }, argument);
  });
  return fc.tuple(...given).map((list) => list.filter((argument) => argument !== undefined));
}

function oddArgumentsFor(operation: Operation, knowledge: Knowledge): Arbitrary<Argument[]> {
  const given = operation.parameters.map((parameter) => {
    const text = fc.oneof(textFor(parameter, knowledge), hostileText);
    const argument = fc.record({ parameter: fc.constant(parameter), text, recalled: fc.boolean() });
    // More than once: which of them counts?
    return fc.array(argument, {
      minLength: parameter.in === 'path' ? 1 : 0,
      maxLength: parameter.in === 'path' ? 1 : 2,
    });
  });
  return fc.tuple(...given).map((lists) => lists.flat());
}

function mutatedBody([{ mediaType, value }, which, name, hostile]: [
  { mediaType: string; value: Json },
  number,
  string,
  Json | undefined,
]): Body {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { mediaType, bytes: written(hostile ?? null) };
  const entries = Object.entries(value);
  const place = which % (entries.length + 1);
  const [field] = entries[place] ?? [name];
  // As text: an object would take `__proto__` for its prototype.
  const changed = [...entries.toSpliced(place, 1), ...(hostile === undefined ? [] : [[field, hostile] as const])];
  const text = changed.map(([key, each]) => `${JSON.stringify(key)}:${JSON.stringify(each)}`).join(',');
  return { mediaType, bytes: Buffer.from(`{${text}}`) };
}

function written(value: Json): Buffer {
  return Buffer.from(JSON.stringify(value));
}

const sendable = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Fills in what is known of resources. Nothing that HTTP itself forbids is left in. */
export function requestOf(plan: Plan, recollection: Recollection): Request {
  const headers: Record<string, string> = {};
  const query: string[] = [];
  let { path } = plan.operation;
  for (const { parameter, text, recalled } of plan.arguments) {
    const { in: place, name } = parameter;
    const value = (recalled ? recollection.recall(name, plan.pick) : undefined) ?? text;
    if (place === 'header') headers[name] = value;
    else if (place === 'query') query.push(`${name}=${encoded(value)}`);
    else path = path.replace(`{${name}}`, () => encoded(value));
  }
  if (plan.query) query.push(...plan.query.split(/[^\x21-\x7e]/));
  if (plan.body) {
    headers['content-type'] = plan.body.mediaType;
    // Node's client leaves it out for methods that usually have no body, and sends the body all the same.
    headers['content-length'] = String(plan.body.bytes.length);
  }
  const sent = Object.entries({ ...headers, ...plan.headers }).filter(([, value]) => sendable.test(value));
  const target = query.length > 0 ? `${path}?${query.join('&')}` : path;
  return { method: plan.operation.method, target, headers: Object.fromEntries(sent), body: plan.body?.bytes };
}

/** A bad escape stays what it is, so that it arrives as one. */
function encoded(text: string): string {
  return /^%/.test(text) ? text.replaceAll(/[^\x21-\x7e]|[/?#&]/g, '') : encodeURIComponent(text.toWellFormed());
}

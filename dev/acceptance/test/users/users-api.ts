import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';

/** A users API that is to keep the contract. */
export interface Target {
  /** Where `/users` and `/scim/v2` are, without a slash at the end. */
  baseUrl: string;
  /** Sent with every request, such as a token. */
  headers?: Record<string, string>;
  /** Whether a web application firewall stands in front, which stops some requests with words of its own. */
  firewall?: boolean;
}

/** Suites are written down before the program runs: where it is, is asked when a test runs. */
export type At = () => Target;

export interface Request {
  method?: string;
  headers?: Record<string, string>;
  /** A body to send as JSON. */
  json?: unknown;
  /** A body to send as it is. */
  text?: string;
  /** The media type of the body. */
  type?: string;
}

export interface Answer<Body> {
  status: number;
  headers: Headers;
  /** Of JSON; of anything else `undefined`. */
  body: Body;
  text: string;
}

/** Problem details (RFC 9457) with what this API adds. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: { pointer: string; code: string; detail: string }[];
}

export interface UserBody {
  id: string;
  email?: string;
  userName?: string;
  displayName: string;
  status: string;
  externalId?: string;
  attributes?: Record<string, string>;
  createdAt: string;
  updatedAt: string;
  version: number;
}

export interface PageBody {
  value: UserBody[];
  nextPageToken?: string;
  count?: number;
}

/** Sends one request and reads the whole answer. Redirects are answers. */
export async function send<Body = ProblemBody>(at: At, path: string, request: Request = {}): Promise<Answer<Body>> {
  const { baseUrl, headers = {} } = at();
  const text = request.json === undefined ? request.text : JSON.stringify(request.json);
  const response = await fetch(new URL(path, baseUrl), {
    method: request.method ?? 'GET',
    headers: {
      ...(text !== undefined && { 'content-type': request.type ?? 'application/json' }),
      ...headers,
      ...request.headers,
    },
    redirect: 'manual',
    ...(text !== undefined && { body: text }),
  });
  const answered = await response.text();
  const isJson = /^application\/(?:[a-z]+\+)?json\b/.test(response.headers.get('content-type') ?? '');
  const body = (isJson && answered !== '' ? JSON.parse(answered) : undefined) as Body;
  return { status: response.status, headers: response.headers, body, text: answered };
}

/** A word that no other test uses, so that the suites need no empty database. */
export function mark(): string {
  return `u${randomUUID().replaceAll('-', '').slice(0, 15)}`;
}

/** What can be said about a new user. */
export function draft(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { email: `${mark()}@example.com`, displayName: 'Grace Hopper', ...changes };
}

export interface NewUser {
  user: UserBody;
  path: string;
  etag: string;
}

/** Creates a user that the test is about. */
export async function newUser(at: At, changes: Record<string, unknown> = {}): Promise<NewUser> {
  const { status, body, headers, text } = await send<UserBody>(at, '/users', { method: 'POST', json: draft(changes) });
  expect(status, text).toBe(201);
  return { user: body, path: `/users/${body.id}`, etag: headers.get('etag') ?? '' };
}

/** Creates a user and deletes it: its path is one that had a user. */
export async function deletedUser(at: At, changes: Record<string, unknown> = {}): Promise<NewUser> {
  const created = await newUser(at, changes);
  expect((await send(at, created.path, { method: 'DELETE' })).status).toBe(204);
  return created;
}

/** A path that no user ever had; the id is a UUID of version 7 all the same. */
export function unknownPath(): string {
  return `/users/01a00000-0000-7${randomUUID().slice(15)}`;
}

/** Holds an answer to RFC 9457. */
export function expectProblem(answer: Answer<ProblemBody>, status: number): void {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  expect(answer.body).toMatchObject({ type: expect.any(String), title: expect.any(String), status });
}

/** The same, for requests that a firewall may stop before the program sees them. */
export function expectProblemOrStopped(at: At, answer: Answer<ProblemBody>, status: number): void {
  const isStopped = at().firewall && answer.body === undefined && [400, 403, 413].includes(answer.status);
  if (!isStopped) expectProblem(answer, status);
}

/** Holds an answer to what the contract says of bodies that break a rule: 422, and where. */
export function expectFault(answer: Answer<ProblemBody>, pointer: string): void {
  expectProblem(answer, 422);
  expect(answer.body.errors?.map((fault) => fault.pointer)).toContain(pointer);
  for (const fault of answer.body.errors ?? []) {
    expect(fault).toEqual({ pointer: expect.any(String), code: expect.any(String), detail: expect.any(String) });
  }
}

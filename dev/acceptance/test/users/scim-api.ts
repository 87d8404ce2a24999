import { expect } from 'vitest';
import { type Answer, type At, mark, type Request, send } from './users-api.ts';

export const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const messages = 'urn:ietf:params:scim:api:messages:2.0';

export interface ScimUser {
  schemas: string[];
  id: string;
  userName: string;
  displayName?: string;
  externalId?: string;
  active?: boolean;
  name?: Record<string, string>;
  emails?: { value: string; type?: string; primary?: boolean }[];
  meta: { resourceType: string; created: string; lastModified: string; location: string; version: string };
}

export interface ScimList {
  schemas: string[];
  totalResults: number;
  startIndex?: number;
  itemsPerPage?: number;
  nextCursor?: string;
  Resources?: ScimUser[];
}

/** An error of RFC 7644, section 3.12. */
export interface ScimFault {
  schemas: string[];
  status: string;
  scimType?: string;
  detail?: string;
}

/** Sends a request as a directory does. */
export function scim<Body = ScimUser>(at: At, path: string, request: Request = {}): Promise<Answer<Body>> {
  return send<Body>(at, `/scim/v2${path}`, { type: 'application/scim+json', ...request });
}

/** A user as a directory describes it. */
export function scimDraft(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const userName = `${mark()}@example.com`;
  return {
    schemas: [core],
    userName,
    displayName: 'Barbara Jensen',
    name: { givenName: 'Barbara', familyName: 'Jensen' },
    emails: [{ value: userName, type: 'work', primary: true }],
    active: true,
    ...changes,
  };
}

/** Creates a user that the test is about. */
export async function provisioned(at: At, changes: Record<string, unknown> = {}) {
  const { status, body, headers, text } = await scim(at, '/Users', { method: 'POST', json: scimDraft(changes) });
  expect(status, text).toBe(201);
  return { user: body, path: `/Users/${body.id}`, etag: headers.get('etag') ?? '' };
}

/** The body of a PATCH. */
export function patchOp(...operations: unknown[]): Record<string, unknown> {
  return { schemas: [`${messages}:PatchOp`], Operations: operations };
}

export function searchRequest(query: Record<string, unknown>): Record<string, unknown> {
  return { schemas: [`${messages}:SearchRequest`], ...query };
}

/** The users that a filter finds, by id. */
export async function found(at: At, filter: string): Promise<string[]> {
  const { status, body, text } = await scim<ScimList>(at, `/Users?${new URLSearchParams({ filter })}`);
  expect(status, `${filter}: ${text}`).toBe(200);
  expectList(body);
  return (body.Resources ?? []).map(({ id }) => id);
}

export function expectList(list: Pick<ScimList, 'schemas' | 'totalResults'>): void {
  expect(list.schemas).toEqual([`${messages}:ListResponse`]);
  expect(list.totalResults).toEqual(expect.any(Number));
}

/** Holds an answer to RFC 7644, section 3.12. */
export function expectScimFault(answer: Answer<ScimFault>, status: number, scimType?: string): void {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/scim\+json\b/);
  expect(answer.body).toMatchObject({ schemas: [`${messages}:Error`], status: String(status) });
  if (scimType !== undefined) expect(answer.body.scimType).toBe(scimType);
}

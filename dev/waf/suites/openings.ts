import type { Request } from '@seaworthy/acceptance/users/users-api';

/** A place of the API that takes text from a caller. */
export interface Opening {
  name: string;
  path: (text: string) => string;
  request?: (text: string) => Request;
}

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const messages = 'urn:ietf:params:scim:api:messages:2.0';
const nobody = '01a00000-0000-7000-8000-000000000000';

function body(name: string, request: Request & { path: string }, json: (text: string) => unknown): Opening {
  const { path, ...rest } = request;
  return {
    name: `${request.method} ${path.replace(nobody, '{id}')} ${name} as ${request.type}`,
    path: () => path,
    request: (text) => ({ ...rest, headers: { 'if-match': '*' }, json: json(text) }),
  };
}

function query(path: string, name: string, value = (text: string) => text): Opening {
  return { name: `GET ${path}?${name}`, path: (text) => `${path}?${new URLSearchParams({ [name]: value(text) })}` };
}

const [one, scimOne] = [`/users/${nobody}`, `/scim/v2/Users/${nobody}`];
const [json, mergePatch, scim] = ['application/json', 'application/merge-patch+json', 'application/scim+json'];
const email = 'grace@example.com';

/** Bodies of every media type that the API takes. */
export const bodies: Opening[] = [
  body('displayName', { method: 'POST', path: '/users', type: json }, (text) => ({ email, displayName: text })),
  body('externalId', { method: 'POST', path: '/users', type: json }, (text) => ({ email, externalId: text })),
  body('a value', { method: 'POST', path: '/v1/users', type: json }, (text) => ({ attributes: { a: text } })),
  body('a name', { method: 'POST', path: '/users', type: json }, (text) => ({ attributes: { [text]: 'a' } })),
  body('displayName', { method: 'PUT', path: one, type: json }, (text) => ({ email, displayName: text })),
  body('displayName', { method: 'PATCH', path: one, type: json }, (text) => ({ displayName: text })),
  body('displayName', { method: 'PATCH', path: one, type: mergePatch }, (text) => ({ displayName: text })),
  body('a value', { method: 'PATCH', path: one, type: mergePatch }, (text) => ({ attributes: { a: text } })),
  body('email', { method: 'PATCH', path: one, type: `${mergePatch}; charset=utf-8` }, (text) => ({ email: text })),
  body('email', { method: 'PATCH', path: one, type: 'Application/Merge-Patch+JSON' }, (text) => ({ email: text })),
  body('userName', { method: 'POST', path: '/scim/v2/Users', type: scim }, (text) => ({
    schemas: [core],
    userName: text,
  })),
  body('userName', { method: 'POST', path: '/scim/v2/Users', type: json }, (text) => ({
    schemas: [core],
    userName: text,
  })),
  body('a name', { method: 'PUT', path: scimOne, type: scim }, (text) => ({ name: { familyName: text } })),
  body('an operation', { method: 'PATCH', path: scimOne, type: scim }, (text) => ({
    schemas: [`${messages}:PatchOp`],
    Operations: [{ op: 'replace', path: 'displayName', value: text }],
  })),
  body('a filter', { method: 'POST', path: '/scim/v2/Users/.search', type: scim }, (text) => ({
    schemas: [`${messages}:SearchRequest`],
    filter: text,
  })),
];

/** Query parameters, those with exclusions among them. */
export const queries: Opening[] = [
  ...['q', 'email', 'externalId', 'pageToken', 'nonsense'].map((name) => query('/users', name)),
  ...['filter', 'cursor', 'attributes'].map((name) => query('/scim/v2/Users', name)),
  query('/scim/v2/Users', 'filter', (text) => `externalId eq "x" and ${text}`),
];

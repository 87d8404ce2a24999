import { SignedTokens } from '@seaworthy/chassis/signed-tokens';
import type { Agent, Response } from 'supertest';
import { memoryUsers } from '../../src/memory/memory-users.ts';
import { usersServer } from '../users-server.ts';

export const coreUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';
export const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** The users API, with a type of its own for what a directory sends. */
export function scimServer(options: Parameters<typeof usersServer>[0] = {}): Promise<Agent> {
  return usersServer({ users: memoryUsers(), tokens: new SignedTokens(() => 'a key for tests'), ...options });
}

/** A user as a directory sends it. */
export function scimUser(attributes: object) {
  return { schemas: [coreUrn], ...attributes };
}

export function createScimUser(api: Agent, attributes: object) {
  return api
    .post('/scim/v2/Users')
    .type('application/scim+json')
    .send(JSON.stringify(scimUser(attributes)));
}

/** The resource that a creation has made. */
export async function createdUser(api: Agent, attributes: object): Promise<Response['body']> {
  const { body } = await createScimUser(api, attributes).expect(201);
  return body;
}

export function patchScimUser(api: Agent, id: string, operations: readonly object[]) {
  const body = { schemas: [patchUrn], Operations: operations };
  return api.patch(`/scim/v2/Users/${id}`).type('application/scim+json').send(JSON.stringify(body));
}

/** Users that a filter means, by their names. */
export async function namesOf(api: Agent, filter: string): Promise<string[]> {
  const { body } = await api.get('/scim/v2/Users').query({ filter }).expect(200);
  return body.Resources.map(({ userName }: { userName: string }) => userName);
}

import { route } from '@seaworthy/chassis/route';
import type { SignedTokens } from '@seaworthy/chassis/signed-tokens';
import { userRoles } from '@seaworthy/contracts/users';
import type { Users } from '../../users.ts';
import { readMessage } from '../document.ts';
import { type ListRequest, readListRequest } from '../list-request.ts';
import { partOfUsers } from '../list-users.ts';
import { project } from '../projection.ts';
import { resourceOf } from '../resource.ts';
import { baseOf, bodyTypes, type Reply, sendScim } from '../scim-answers.ts';
import { listOf } from './list-of.ts';
import { ListQuery, ListResponse, SearchBody, scimAnswer, scimErrors } from './message-schemas.ts';

const searchUrn = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/** `GET /scim/v2/Users` (RFC 7644, section 3.4.2; RFC 9865) */
export function listUsers(users: Users, tokens: SignedTokens) {
  return route({
    config: { roles: [userRoles.provision] },
    schema: {
      operationId: 'listScimUsers',
      summary: 'List users, oldest first',
      tags: ['scim'],
      querystring: ListQuery,
      response: { 200: scimAnswer('A part of the list.', ListResponse), ...scimErrors() },
    },
    handler: async (request, reply) => sendList(reply, users, { tokens, list: readListRequest(request.query) }),
  });
}

/** `POST /scim/v2/Users/.search` (RFC 7644, section 3.4.3): the same, for filters that nobody should find in a log. */
export function searchUsers(users: Users, tokens: SignedTokens) {
  return route({
    config: { roles: [userRoles.provision] },
    schema: {
      operationId: 'searchScimUsers',
      summary: 'List users, by a body instead of a query',
      tags: ['scim'],
      consumes: [...bodyTypes],
      body: SearchBody,
      response: { 200: scimAnswer('A part of the list.', ListResponse), ...scimErrors(413, 415) },
    },
    handler: async (request, reply) =>
      sendList(reply, users, { tokens, list: readListRequest(readMessage(request.body, searchUrn)) }),
  });
}

interface Described {
  schema: { operationId: string; summary: string };
}

/** The same route at the root of the face: a search in all resources (RFC 7644, section 3.4.2.1), which are users. */
export function atRoot<R extends Described>(route: R): R {
  const { operationId, summary } = route.schema;
  const named = { operationId: operationId.replace('Users', 'Resources'), summary: `${summary}, at the root` };
  return { ...route, schema: { ...route.schema, ...named } };
}

async function sendList(
  reply: Reply,
  users: Users,
  { tokens, list }: { tokens: SignedTokens; list: ListRequest },
): Promise<Reply> {
  const { users: part, ...about } = await partOfUsers(users, tokens, list);
  const base = baseOf(reply.request);
  return sendScim(
    reply,
    listOf(
      part.map((user) => project(resourceOf(user, base), list.projection)),
      about,
    ),
  );
}

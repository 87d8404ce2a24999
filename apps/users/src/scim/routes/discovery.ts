import { Problem } from '@seaworthy/chassis/problem';
import { route, type Server } from '@seaworthy/chassis/route';
import { userRoles } from '@seaworthy/contracts/users';
import { Type } from 'typebox';
import { baseOf, sendScim } from '../scim-answers.ts';
import { schemas, serviceProviderConfig, userResourceType } from './discovery-answers.ts';
import { listOf } from './list-of.ts';
import { ListResponse, scimAnswer, scimErrors } from './message-schemas.ts';

const Discovered = Type.Object({ schemas: Type.Array(Type.String()) }, { additionalProperties: true });

/** What clients can find out about this service (RFC 7644, section 4). */
export function discovery(server: Server): void {
  server.get(
    '/ServiceProviderConfig',
    told('showScimServiceProviderConfig', 'Tell what this service can do', serviceProviderConfig),
  );
  server.get(
    '/ResourceTypes',
    toldList('listScimResourceTypes', 'List the types of resources', (base) => [userResourceType(base)]),
  );
  server.get('/ResourceTypes/User', told('showScimUserResourceType', 'Describe the type of users', userResourceType));
  server.get('/Schemas', toldList('listScimSchemas', 'List the schemas of users', schemas));
  server.get('/Schemas/:id', oneSchema());
}

function told(operationId: string, summary: string, answer: (base: string) => unknown) {
  return route({
    config: { roles: [userRoles.provision] },
    schema: {
      operationId,
      summary,
      tags: ['scim'],
      response: { 200: scimAnswer('As RFC 7643 describes it.', Discovered), ...scimErrors() },
    },
    handler: async (request, reply) => {
      refuseFilter(request.query);
      return sendScim(reply, answer(baseOf(request)));
    },
  });
}

function toldList(operationId: string, summary: string, answer: (base: string) => readonly unknown[]) {
  return route({
    config: { roles: [userRoles.provision] },
    schema: {
      operationId,
      summary,
      tags: ['scim'],
      response: { 200: scimAnswer('All of them.', ListResponse), ...scimErrors() },
    },
    handler: async (request, reply) => {
      refuseFilter(request.query);
      return sendScim(reply, listOf(answer(baseOf(request))));
    },
  });
}

function oneSchema() {
  return route({
    config: { roles: [userRoles.provision] },
    schema: {
      operationId: 'showScimSchema',
      summary: 'Describe the attributes of a schema',
      tags: ['scim'],
      params: Type.Object({ id: Type.String() }),
      response: { 200: scimAnswer('As RFC 7643, section 7 describes it.', Discovered), ...scimErrors(404) },
    },
    handler: async (request, reply) => {
      refuseFilter(request.query);
      const found = schemas(baseOf(request)).find(({ id }) => id.toLowerCase() === request.params.id.toLowerCase());
      if (!found) throw new Problem('not-found', 'There is no such schema.');
      return sendScim(reply, found);
    },
  });
}

function refuseFilter(query: unknown): void {
  if (typeof query === 'object' && query !== null && 'filter' in query)
    throw new Problem('forbidden', 'What describes the service cannot be filtered (RFC 7644, section 4).');
}

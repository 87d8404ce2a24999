import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireApiVersion } from '../api-version.ts';
import { authenticate } from '../arm-authentication.ts';
import { speakArm } from '../arm-service.ts';
import type { Application } from '../seed.ts';
import type { World } from '../world.ts';
import type { Columns, Row } from './expression.ts';
import { graphError, invalidQuery, rateLimited } from './graph-error.ts';
import { runQuery } from './query.ts';
import { QueryError } from './query-error.ts';
import { ownSkipToken, queryPage } from './query-page.ts';
import { parseQueryRequest, type QueryRequest } from './query-request.ts';
import { resourceContainers } from './resource-containers.ts';

const VERSIONS = ['2024-04-01', '2022-10-01', '2021-03-01'];

/** Thousands of subscription ids are many bytes. */
const BODY_LIMIT = 1024 * 1024;

const JSON_TYPES = { string: 'string', long: 'integer', bool: 'boolean', dynamic: 'object' } as const;

/** Azure Resource Graph: queries over the subscriptions and groups that the caller may read. */
export function graphRoutes(world: World): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    speakArm(app, world, {
      target: 'graph',
      throttled: 'RateLimiting',
      repeatPage: ({ body }) => ({ $skipToken: ownSkipToken(parseQueryRequest(body)) }),
    });
    const options = { bodyLimit: BODY_LIMIT, config: { operation: 'resources.query' } };
    app.post('/resources', options, async (request: FastifyRequest, reply) => {
      requireApiVersion(request, VERSIONS);
      const caller = await authenticate(request, world);
      spendQuery(world, caller, reply);
      return answer(world, caller, parseQueryRequest(request.body));
    });
  };
}

function spendQuery({ quota }: World, caller: Application, reply: FastifyReply): void {
  const { left, resetsAfter } = quota.take(caller.objectId);
  reply.headers({
    'x-ms-user-quota-remaining': String(left ?? 0),
    'x-ms-user-quota-resets-after': `00:00:${String(resetsAfter).padStart(2, '0')}`,
    'x-ms-ratelimit-remaining-tenant-resource-requests': String(left ?? 0),
  });
  if (left === undefined) throw rateLimited(resetsAfter);
}

function answer(world: World, caller: Application, request: QueryRequest): Record<string, unknown> {
  const result = evaluate(request, () => containersInScope(world, caller, request));
  const { rows, skipToken, truncated } = queryPage(result, request);
  const isTable = request.options?.resultFormat === 'table';
  return {
    totalRecords: result.rows.length,
    count: rows.length,
    data: isTable ? asTable(result.columns, rows) : rows,
    facets: [],
    resultTruncated: truncated ? 'true' : 'false',
    ...(skipToken === undefined ? {} : { $skipToken: skipToken }),
  };
}

function evaluate({ query }: QueryRequest, containers: () => ReturnType<typeof resourceContainers>) {
  try {
    return runQuery(query, new Map([['resourcecontainers', containers]]));
  } catch (error) {
    throw error instanceof QueryError ? invalidQuery(error) : error;
  }
}

/** Subscriptions that the caller may not read are left out without a word; only none at all is an error. */
function containersInScope({ state }: World, caller: Application, { subscriptions, managementGroups }: QueryRequest) {
  const foreign = managementGroups?.find((group) => group.toLowerCase() !== state.tenant.id);
  if (foreign !== undefined) {
    throw graphError({
      code: 'NoValidManagementGroupsInQueryRequest',
      message: `Unknown management group: '${foreign}'.`,
    });
  }
  const table = resourceContainers(state, caller, subscriptions);
  if (table.rows.length > 0) return table;
  const message = 'There must be at least one subscription that is eligible to contain resources. Given:';
  const given = (subscriptions ?? []).join(',');
  throw graphError({ code: 'NoValidSubscriptionsInQueryRequest', message: `${message} '${given}'.` });
}

function asTable(columns: Columns, rows: readonly Row[]): Record<string, unknown> {
  const names = [...columns.keys()];
  return {
    columns: [...columns].map(([name, type]) => ({ name, type: JSON_TYPES[type] })),
    rows: rows.map((row) => names.map((name) => row[name] ?? null)),
  };
}

import { type Static, Type } from 'typebox';
import { problemsOf } from '../problems.ts';
import { graphError } from './graph-error.ts';

const UUID = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';
const orNull = <Schema extends Parameters<typeof Type.Optional>[0]>(schema: Schema) =>
  Type.Optional(Type.Union([schema, Type.Null()]));

/** The body of a query. What is not named here is let pass: SDKs send members of later versions. */
const QueryBody = Type.Object({
  query: Type.String({ minLength: 1 }),
  subscriptions: orNull(Type.Array(Type.String({ pattern: UUID }))),
  managementGroups: orNull(Type.Array(Type.String())),
  facets: orNull(Type.Array(Type.Unknown(), { maxItems: 0 })),
  options: orNull(
    Type.Object({
      $top: orNull(Type.Integer({ minimum: 1, maximum: 1000 })),
      $skip: orNull(Type.Integer({ minimum: 0 })),
      $skipToken: orNull(Type.String()),
      resultFormat: orNull(Type.Enum(['objectArray', 'table'])),
    }),
  ),
});

export interface QueryRequest {
  readonly query: string;
  readonly subscriptions?: readonly string[];
  readonly managementGroups?: readonly string[];
  readonly options?: {
    readonly $top?: number;
    readonly $skip?: number;
    readonly $skipToken?: string;
    readonly resultFormat?: 'objectArray' | 'table';
  };
}

/** Reads the body of a query; what is null is as if it were not there. Throws an ArmError for what does not fit. */
export function parseQueryRequest(body: unknown): QueryRequest {
  const given = withoutNulls(body);
  const problems = problemsOf(QueryBody, given);
  if (problems.length > 0) throw graphError({ code: 'InvalidRequestContent', message: problems.join('; ') });
  return given as Static<typeof QueryBody> as QueryRequest;
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}

import { problemResponses } from '@seaworthy/chassis/problem-responses';
import { Type } from 'typebox';
import { bodyTypes } from '../scim-answers.ts';

const anything = { additionalProperties: true };
const urns = Type.Array(Type.String());

/** A user, as far as all of them are alike; `/Schemas` tells the rest. */
export const UserResource = Type.Object(
  {
    schemas: urns,
    id: Type.String(),
    externalId: Type.Optional(Type.String()),
    userName: Type.Optional(Type.String()),
    displayName: Type.Optional(Type.String()),
    active: Type.Optional(Type.Boolean()),
    emails: Type.Optional(Type.Array(Type.Object({ value: Type.Optional(Type.String()) }, anything))),
    meta: Type.Optional(Type.Object({}, anything)),
  },
  anything,
);

/** What a client says of a user. */
export const UserBody = Type.Object(
  { schemas: urns, userName: Type.String(), active: Type.Optional(orNull('boolean')) },
  { ...anything, description: 'A user (RFC 7643, section 4.1). Unknown and read-only attributes are ignored.' },
);

export const PatchBody = Type.Object({
  schemas: urns,
  Operations: Type.Array(
    Type.Object({
      op: Type.String({ description: '`add`, `replace` or `remove`, in any case.' }),
      path: Type.Optional(Type.String()),
      value: Type.Optional(Type.Unknown()),
    }),
    { minItems: 1, maxItems: 100 },
  ),
});

const paging = {
  filter: Type.Optional(Type.String({ maxLength: 4096, description: 'RFC 7644, section 3.4.2.2.' })),
  startIndex: Type.Optional(Type.Integer({ description: 'Of the first user; 1 is the first of all.' })),
  count: Type.Optional(Type.Integer({ description: 'How many users at most; never more than 200.' })),
  cursor: Type.Optional(Type.String({ description: 'RFC 9865: empty for the first page, then nextCursor.' })),
};

const names = 'Names of attributes, separated by commas.';

export const ProjectionQuery = Type.Object({
  attributes: Type.Optional(Type.String({ description: `Only these. ${names}` })),
  excludedAttributes: Type.Optional(Type.String({ description: `All but these. ${names}` })),
});

export const ListQuery = Type.Object({ ...paging, ...ProjectionQuery.properties });

export const SearchBody = Type.Object({
  schemas: urns,
  filter: Type.Optional(orNull('string')),
  startIndex: Type.Optional(orNull('integer')),
  count: Type.Optional(orNull('integer')),
  cursor: Type.Optional(orNull('string')),
  attributes: Type.Optional(orNull('array', { items: { type: 'string' } })),
  excludedAttributes: Type.Optional(orNull('array', { items: { type: 'string' } })),
});

export const ListResponse = Type.Object({
  schemas: urns,
  totalResults: Type.Integer(),
  itemsPerPage: Type.Integer(),
  startIndex: Type.Optional(Type.Integer()),
  nextCursor: Type.Optional(Type.String({ description: 'Absent on the last page.' })),
  Resources: Type.Array(Type.Object({}, anything)),
});

const ErrorMessage = Type.Object({
  schemas: urns,
  status: Type.String(),
  scimType: Type.Optional(Type.String()),
  detail: Type.Optional(Type.String()),
});

export const UserPath = Type.Object({ id: Type.String() });

/** Preconditions (RFC 7644, section 3.14; RFC 9110, section 13.1). */
export const Preconditions = Type.Object({
  'if-match': Type.Optional(Type.String({ description: 'meta.version of the user as it was seen.' })),
  'if-none-match': Type.Optional(Type.String({ description: 'meta.version that the user must not have.' })),
});

const userHeaders = {
  etag: { type: 'string', description: 'The same as meta.version.' },
  location: { type: 'string', description: 'The same as meta.location.' },
};

/** An answer of SCIM, for the `response` of a schema. */
export function scimAnswer<S>(description: string, schema: S) {
  return { description, content: Object.fromEntries(bodyTypes.map((type) => [type, { schema }])) };
}

/** An answer with one user. */
export function userAnswer(description: string) {
  return { ...scimAnswer(description, UserResource), headers: userHeaders };
}

const always = [400, 401, 403, 406, 408, 429, 500, 503] as const;

/** The errors that a route answers: those of every route, and its own. */
export function scimErrors<const N extends number>(...own: N[]) {
  const entries = [...always, ...own].map((status) => [status, scimAnswer('RFC 7644, section 3.12.', ErrorMessage)]);
  const errors = Object.fromEntries(entries) as Record<N | (typeof always)[number], ReturnType<typeof scimAnswer>>;
  // A path that cannot be decoded is refused before anybody knows whose it is.
  const { content } = problemResponses('bad-request')[400];
  return { ...errors, 400: { ...errors[400], content: { ...errors[400].content, ...content } } };
}

/** A null is as good as nothing (RFC 7643, section 2.5). */
function orNull(type: string, more: object = {}) {
  return Type.Unsafe<unknown>({ type: [type, 'null'], ...more });
}

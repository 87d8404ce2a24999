import { type Static, type TSchema, Type } from 'typebox';

/** The length of a page when the caller names none, and the length that no page exceeds. */
export const pageSizes = { default: 50, most: 200 } as const;

// No control characters (NUL is none that Postgres could store), no halves of surrogate pairs, no byte order mark
// (decoders drop one at the start of a text).
const text = '[^\\p{Cc}\\p{Cs}\\uFEFF]';
const line = '[^\\p{Cc}\\p{Cs}\\uFEFF\\p{Zl}\\p{Zp}]';

/** A user's identity: a UUID of version 7 (RFC 9562), so that ids sort by age. Written in lower case. */
export const UserId = Type.String({
  format: 'uuid',
  description: 'A UUID of version 7.',
  examples: ['01a2090e-3ea0-7316-a1cd-dc499850924f'],
});

/** An e-mail address as browsers accept it (WHATWG HTML, `input type=email`); stored trimmed, in lower case. */
export const Email = Type.String({
  maxLength: 254,
  pattern:
    "^\\s*[\\w.!#$%&'*+/=?^`{|}~\\-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9\\-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9\\-]{0,61}[a-zA-Z0-9])?)*\\s*$",
  description: 'Unique among all users; trimmed and kept in lower case.',
  examples: ['grace@example.com'],
});

const DisplayName = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: `^(?=.*\\S)${line}*$`,
  description: 'One line of text, not blank.',
  examples: ['Grace Hopper'],
});

/** What a caller can make of a user. */
export const SettableStatus = Type.Enum(['active', 'suspended'], { type: 'string' });
export type SettableStatus = Static<typeof SettableStatus>;

/** Users that are deleted show in lists of `deleted` ones only. */
export const UserStatus = Type.Enum(['active', 'suspended', 'deleted'], { type: 'string' });
export type UserStatus = Static<typeof UserStatus>;

const ExternalId = Type.String({
  minLength: 1,
  maxLength: 256,
  pattern: `^${text}*$`,
  description: 'What another system calls this user; not unique.',
});

/** How many attributes a user has at most. */
export const mostAttributes = 32;
const attributeName = { propertyNames: { minLength: 1, maxLength: 64, pattern: `^${line}*$` } };
const attributeValue = { maxLength: 256, pattern: `^${text}*$` };
const Attributes = Type.Record(Type.String(), Type.String(attributeValue), {
  ...attributeName,
  maxProperties: mostAttributes,
  description: 'Free texts of the caller, by name.',
  examples: [{ team: 'compilers' }],
});

/** A user as everybody sees it. Times are ISO 8601 in UTC. */
export const User = Type.Object({
  id: UserId,
  email: Type.Optional(Type.String({ description: 'Absent only where a directory names none.' })),
  userName: Type.Optional(
    Type.String({ description: 'What a directory calls this user, where that is not the e-mail address.' }),
  ),
  displayName: Type.String(),
  status: UserStatus,
  externalId: Type.Optional(Type.String()),
  attributes: Type.Optional(Type.Record(Type.String(), Type.String())),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
  version: Type.Integer({ minimum: 1, description: 'Counts the changes; the entity tag is this in quotes.' }),
});
export type User = Static<typeof User>;

/** What a caller says about a new user: the body of `POST /users`. */
export const UserDraft = Type.Object(
  {
    email: Email,
    displayName: DisplayName,
    externalId: Type.Optional(ExternalId),
    attributes: Type.Optional(Attributes),
  },
  { additionalProperties: false },
);
export type UserDraft = Static<typeof UserDraft>;

/** All that a caller says about a user: the body of `PUT /users/{id}`. What is absent is not there afterwards. */
export const UserReplacement = Type.Object(
  { ...UserDraft.properties, status: Type.Optional({ ...SettableStatus, default: 'active' }) },
  { additionalProperties: false },
);
export type UserReplacement = Static<typeof UserReplacement>;

/** A JSON Merge Patch (RFC 7396) of a user: absent leaves, null removes, and only what is optional can be removed. */
export const UserPatch = Type.Object(
  {
    email: Type.Optional(Email),
    displayName: Type.Optional(DisplayName),
    status: Type.Optional(SettableStatus),
    externalId: Type.Optional(nullable(ExternalId)),
    attributes: Type.Optional(
      nullable(
        Type.Record(Type.String(), nullable(Type.String(attributeValue)), {
          ...attributeName,
          maxProperties: 2 * mostAttributes, // each may be removed to make room for another
        }),
      ),
    ),
  },
  { additionalProperties: false },
);
export type UserPatch = Static<typeof UserPatch>;

/** How a list is ordered; users that are equal in that are ordered by id. */
export const UserSort = Type.Enum(['createdAt', '-createdAt', 'email', '-email'], { type: 'string' });
export type UserSort = Static<typeof UserSort>;

/** Which users, and which page of them: the query of `GET /users`. */
export const UserQuery = Type.Object(
  {
    pageSize: Type.Optional(
      Type.Integer({ minimum: 1, default: pageSizes.default, description: `Never more than ${pageSizes.most}.` }),
    ),
    pageToken: Type.Optional(
      Type.String({ maxLength: 1024, description: 'The nextPageToken of the page before, with the same query.' }),
    ),
    sort: Type.Optional({ ...UserSort, default: 'createdAt', description: 'A minus sign turns the order round.' }),
    status: Type.Optional({ ...UserStatus, description: 'Absent: all but those that are deleted.' }),
    email: Type.Optional(Email),
    externalId: Type.Optional(ExternalId),
    createdAfter: Type.Optional(Type.String({ format: 'date-time', description: 'Created later than this.' })),
    createdBefore: Type.Optional(Type.String({ format: 'date-time', description: 'Created earlier than this.' })),
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        pattern: `^${line}*$`,
        description: 'How the e-mail address or the display name begins, in any case.',
      }),
    ),
    count: Type.Optional(
      Type.Enum(['exact'], { type: 'string', description: 'Counts all users of the query, which costs time.' }),
    ),
  },
  { additionalProperties: false },
);
export type UserQuery = Static<typeof UserQuery>;

/** A page of users; without `nextPageToken` it is the last one. */
export const UserPage = Type.Object({
  value: Type.Array(User),
  nextPageToken: Type.Optional(Type.String()),
  count: Type.Optional(Type.Integer({ minimum: 0, description: 'Of all pages, where it was asked for.' })),
});
export type UserPage = Static<typeof UserPage>;

/** The channel of Redis that tells of every change, at least once, and for each user in order. */
export const userChangesChannel = 'users.changes';

/**
 * That a user has changed. Nothing personal: who may read the channel is not who may read users. `id` is the same when
 * a change is told again.
 */
export const UserChange = Type.Object({
  id: Type.String({ description: 'userId and version.' }),
  type: Type.Enum(['created', 'changed', 'deleted'], { type: 'string' }),
  userId: UserId,
  version: Type.Integer({ minimum: 1 }),
  at: Type.String({ format: 'date-time' }),
});
export type UserChange = Static<typeof UserChange>;

/** The roles of access tokens. Whoever may write may read. */
export const userRoles = { read: 'Users.Read', readWrite: 'Users.ReadWrite', provision: 'Users.Provision' } as const;

function nullable<S extends TSchema & { type: string }>(schema: S) {
  return Type.Unsafe<Static<S> | null>({ ...schema, type: [schema.type, 'null'] });
}

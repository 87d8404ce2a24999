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

export const UserStatus = Type.Enum(['active', 'suspended'], { type: 'string' });
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
  email: Type.String(),
  displayName: Type.String(),
  status: UserStatus,
  externalId: Type.Optional(Type.String()),
  attributes: Type.Optional(Type.Record(Type.String(), Type.String())),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
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

/** A JSON Merge Patch (RFC 7396) of a user: absent leaves, null removes, and only what is optional can be removed. */
export const UserPatch = Type.Object(
  {
    email: Type.Optional(Email),
    displayName: Type.Optional(DisplayName),
    status: Type.Optional(UserStatus),
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

/** Which users, and which page of them: the query of `GET /users`. */
export const UserQuery = Type.Object(
  {
    pageSize: Type.Optional(
      Type.Integer({ minimum: 1, default: pageSizes.default, description: `Never more than ${pageSizes.most}.` }),
    ),
    pageToken: Type.Optional(Type.String({ maxLength: 128, description: 'The nextPageToken of the page before.' })),
    email: Type.Optional(Email),
    status: Type.Optional(UserStatus),
  },
  { additionalProperties: false },
);
export type UserQuery = Static<typeof UserQuery>;

/** A page of users, oldest first; without `nextPageToken` it is the last one. */
export const UserPage = Type.Object({
  value: Type.Array(User),
  nextPageToken: Type.Optional(Type.String()),
});
export type UserPage = Static<typeof UserPage>;

function nullable<S extends TSchema & { type: string }>(schema: S) {
  return Type.Unsafe<Static<S> | null>({ ...schema, type: [schema.type, 'null'] });
}

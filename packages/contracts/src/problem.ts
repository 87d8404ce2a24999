import { type Static, Type } from 'typebox';

/** What went wrong, as a word that a caller can branch on. The closed list; statuses live in chassis. */
export const ProblemKind = Type.Enum([
  'bad-request',
  'unauthenticated',
  'forbidden',
  'not-found',
  'method-not-allowed',
  'not-acceptable',
  'request-timeout',
  'conflict',
  'gone',
  'precondition-failed',
  'too-large',
  'uri-too-long',
  'unsupported-media-type',
  'invalid',
  'upgrade-required',
  'precondition-required',
  'too-many-requests',
  'headers-too-large',
  'internal',
  'unavailable',
]);
export type ProblemKind = Static<typeof ProblemKind>;

/** One fault in a request: `pointer` is a JSON Pointer (RFC 6901) into the body, `?name` of the query, or a path parameter. */
export const Fault = Type.Object({
  pointer: Type.String(),
  code: Type.String(),
  detail: Type.String(),
});
export type Fault = Static<typeof Fault>;

/** The body of every error: Problem Details for HTTP APIs (RFC 9457), `application/problem+json`. */
export const ProblemDetails = Type.Object({
  type: Type.String({ description: 'Stable identifier of the kind of problem.' }),
  title: Type.String(),
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  detail: Type.Optional(Type.String()),
  instance: Type.Optional(Type.String({ description: 'The request id, to find the request in the logs.' })),
  errors: Type.Optional(Type.Array(Fault)),
});
export type ProblemDetails = Static<typeof ProblemDetails>;

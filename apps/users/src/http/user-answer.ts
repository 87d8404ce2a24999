import { User } from '@seaworthy/contracts/users';

const etag = { type: 'string', description: 'The version in quotes: strong, for If-Match and If-None-Match.' };
const location = { type: 'string', description: "The user's path." };
const replayed = { type: 'string', enum: ['true'], description: 'An earlier request with the same key has done it.' };

/** An answer with one user, for the `response` of a schema. */
export function userAnswer(description: string) {
  return { ...User, description, headers: { etag } };
}

/** The answer to a creation. */
export function createdAnswer(description: string) {
  return { ...User, description, headers: { etag, location, 'idempotency-replayed': replayed } };
}

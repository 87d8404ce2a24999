import type { Static, TSchema } from 'typebox';
import { problemsOf } from '../problems.ts';

/** A mistake in a request to the emulator's own interface; Fastify answers with the status and the message. */
export class RequestError extends Error {
  readonly statusCode: number;

  constructor(statusCode: 400 | 404, message: string) {
    super(message);
    this.name = 'RequestError';
    this.statusCode = statusCode;
  }
}

/** The body if it fits the schema. Throws a RequestError that says what is wrong, and where. */
export function parseBody<Schema extends TSchema>(schema: Schema, body: unknown): Static<Schema> {
  const problems = problemsOf(schema, body);
  if (problems.length > 0) throw new RequestError(400, problems.join('; '));
  return body as Static<Schema>;
}

import { preferredType } from '@seaworthy/chassis/accept';
import type { beginProblem } from '@seaworthy/chassis/errors';
import type { Server } from '@seaworthy/chassis/route';
import { entityTag } from '../entity-tag.ts';
import type { UserRecord } from '../user.ts';
import { type Projection, project } from './projection.ts';
import { locationOf, resourceOf } from './resource.ts';

/** A request to any route, and the answer to it. */
export type Request = Parameters<typeof beginProblem>[1];
export type Reply = Parameters<typeof beginProblem>[2];

/** The media type of RFC 7644, section 3.1. */
export const scimType = 'application/scim+json';

/** What this face reads and answers, whichever the other side calls it; the first where it does not care. */
export const bodyTypes = [scimType, 'application/json'] as const;

const plainHost = /^[\w.:[\]-]+$/;

/**
 * The URI of the face as the caller knows it; without a sensible Host only its path. A proxy that is trusted for the
 * caller's address may pass on what he says of the protocol.
 */
export function baseOf({ protocol, host, server }: Request): string {
  return plainHost.test(host) && /^https?$/.test(protocol) ? `${protocol}://${host}${server.prefix}` : server.prefix;
}

/** Answers with anything of SCIM, as `application/json` for callers who take nothing else (RFC 7644, section 3.8). */
export function sendScim(reply: Reply, body: unknown): Reply {
  return reply.type(preferredType(reply.request.headers.accept, bodyTypes) ?? scimType).send(body);
}

/** Answers with one user, as far as the caller wants to see it. */
export function sendUser(reply: Reply, user: UserRecord, projection: Projection): Reply {
  const base = baseOf(reply.request);
  reply.header('etag', entityTag(user.version)).header('location', locationOf(user, base));
  return sendScim(reply, project(resourceOf(user, base), projection));
}

/** Lets the schemas of routes describe bodies without checking them: attributes are named in any case, see `readValues`. */
export function describeOnly(server: Server): void {
  server.setValidatorCompiler(() => (value) => ({ value }));
  server.setSerializerCompiler(() => (value) => JSON.stringify(value));
}

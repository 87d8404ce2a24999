import { readJson } from '@seaworthy/chassis/json-body';
import { Problem } from '@seaworthy/chassis/problem';
import type { Server } from '@seaworthy/chassis/route';
import type { UserPatch } from '@seaworthy/contracts/users';
import type { UserEdit } from '../user.ts';

const mergePatch = 'application/merge-patch+json';

/** The media types of a PATCH. Plain JSON is taken as well, as web application firewalls refuse what they do not know. */
export const patchTypes = ['application/json', mergePatch];

/** Reads `application/merge-patch+json` in PATCH requests only, and names in their answers what they may be (RFC 5789). */
export function acceptMergePatch(server: Server): void {
  readJson(server, mergePatch, ({ method }) => {
    if (method !== 'PATCH') throw new Problem('unsupported-media-type', 'A merge patch makes sense in a PATCH only.');
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (request.method === 'PATCH') reply.header('accept-patch', patchTypes.join(', '));
    done();
  });
}

/** A merge patch as an edit: attributes are merged one by one, unless all of them are removed. */
export function editOf({ attributes, ...patch }: UserPatch): UserEdit {
  if (attributes === undefined) return patch;
  return attributes === null ? { ...patch, attributes } : { ...patch, attributePatch: attributes };
}

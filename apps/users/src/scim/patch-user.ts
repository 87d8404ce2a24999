import { isDeepStrictEqual } from 'node:util';
import { Problem } from '@seaworthy/chassis/problem';
import { requireVersion, type Versions } from '../entity-tag.ts';
import type { UserEdit, UserRecord } from '../user.ts';
import { editUser, type Now, type Users, userById } from '../users.ts';
import { contentOf } from './content.ts';
import type { UserDocument } from './document.ts';
import { applyOperations } from './patch/apply-operations.ts';
import type { Operation } from './patch/operations.ts';
import { documentOf } from './resource.ts';

interface Patch {
  operations: readonly Operation[];
  now: Now;
  versions: Versions | undefined;
}

// Of writers that meet, each round lets at least one through: more than meet in practice.
const mostAttempts = 64;

/**
 * Carries out all operations or none, on the user as it is at that moment: when somebody else was faster, again on what
 * he has left. Operations that change nothing leave the version as it is (RFC 7644, section 3.5.2.1).
 * @throws Problem of kind `unavailable` when others were faster every time
 */
export async function patchUser(users: Users, id: string, { operations, now, versions }: Patch): Promise<UserRecord> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const user = await userById(users, id);
    requireVersion(versions, user.version);
    const document = applyOperations(user, operations);
    const edit = editOf(document);
    if (isDeepStrictEqual(document, documentOf(user))) return user;
    const written = await editIfStill(users, user, { edit, now });
    if (written) return written;
  }
  throw new Problem('unavailable', 'Others change this user all the time: try again.', { retryAfterSeconds: 1 });
}

/** All that a directory says of a user; what it does not say is removed, but for whether the user is active. */
export function editOf(document: UserDocument): UserEdit {
  const { email = null, externalId = null, profile = null, ...content } = contentOf(document);
  return { ...content, email, externalId, profile };
}

async function editIfStill(
  users: Users,
  { id, version }: UserRecord,
  { edit, now }: { edit: UserEdit; now: Now },
): Promise<UserRecord | undefined> {
  try {
    return await editUser(users, id, { edit, now, versions: [version] });
  } catch (error) {
    if (error instanceof Problem && error.kind === 'precondition-failed') return undefined;
    throw error;
  }
}

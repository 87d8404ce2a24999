import type { UserReplacement } from '@seaworthy/contracts/users';
import { staleVersion, type Versions } from './entity-tag.ts';
import type { UserRecord } from './user.ts';
import { editUser, type Now, type Users } from './users.ts';

interface Replacing {
  replacement: UserReplacement;
  versions: Versions;
  now: Now;
}

/**
 * Puts what a caller says in the place of what it may say of a user; what a directory has said stays. Where there is no
 * such user the precondition fails, as it asks for one (RFC 9110, section 13.1.1).
 */
export async function replaceUser(users: Users, id: string, replacing: Replacing): Promise<UserRecord> {
  const { replacement, versions, now } = replacing;
  const { email, displayName, status = 'active', externalId = null, attributes = null } = replacement;
  const edit = { email, displayName, status, externalId, attributes };
  try {
    return await editUser(users, id, { edit, versions, now });
  } catch (error) {
    throw isNotFound(error) ? staleVersion() : error;
  }
}

function isNotFound(error: unknown): boolean {
  return (error as { kind?: unknown }).kind === 'not-found';
}

import { Problem } from '@seaworthy/chassis/problem';
import { namesVersion, requireVersion, type Versions } from './entity-tag.ts';
import type { Users } from './users.ts';

interface Preconditions {
  /** From `If-Match`, which comes first (RFC 9110, section 13.2.2). */
  versions: Versions | undefined;
  ifNoneMatch: string | undefined;
}

/**
 * The versions that a write may begin with: those of `If-Match`, unless `If-None-Match` forbids something (RFC 9110,
 * section 13.1.2); then only the present one, so that nobody else's write can come between. Who is not there has none.
 * @throws Problem of kind `precondition-failed` when the user is as `If-None-Match` says
 */
export async function writableVersions<V extends Versions | undefined>(
  users: Users,
  id: string,
  { versions, ifNoneMatch }: Preconditions & { versions: V },
): Promise<V | Versions> {
  if (ifNoneMatch === undefined) return versions;
  const user = await users.find(id.toLowerCase());
  if (!user) return versions;
  requireVersion(versions, user.version);
  if (!namesVersion(ifNoneMatch, user.version)) return [user.version];
  throw new Problem('precondition-failed', 'The user is as If-None-Match says, which this was not to be done to.');
}

import { entityTag } from '../entity-tag.ts';
import { emailsOf, fold, type Json, type Profile, type UserRecord } from '../user.ts';
import type { UserDocument } from './document.ts';
import { coreUrn } from './schemas/core-user.ts';
import { enterpriseUrn } from './schemas/enterprise-user.ts';
import type { Values } from './schemas/read-value.ts';

/** A user as SCIM shows it (RFC 7643, section 3). `base` is the URI of the face. */
export function resourceOf(user: UserRecord, base: string): Values {
  const document = documentOf(user);
  return {
    schemas: enterpriseUrn in document ? [coreUrn, enterpriseUrn] : [coreUrn],
    id: user.id,
    ...document,
    meta: {
      resourceType: 'User',
      created: user.createdAt,
      lastModified: user.updatedAt,
      location: locationOf(user, base),
      version: entityTag(user.version),
    },
  };
}

export function locationOf({ id }: Pick<UserRecord, 'id'>, base: string): string {
  return `${base}/Users/${id}`;
}

/** What a client could have said to make this user: `contentOf` turned round. */
export function documentOf(user: UserRecord): UserDocument {
  const { userName: written, mainEmail: _main, emails: _others, ...rest } = user.profile ?? {};
  const emails = writtenEmails(user);
  return {
    ...(user.externalId !== undefined && { externalId: user.externalId }),
    userName: asWritten(written, user.userName ?? user.email ?? user.id),
    displayName: user.displayName,
    ...rest,
    active: user.status === 'active',
    ...(emails.length > 0 && { emails }),
  };
}

/** All addresses, in the case in which the directory wrote them. */
function writtenEmails(user: UserRecord): Profile[] {
  const [first, ...others] = emailsOf(user);
  if (!first || user.email === undefined) return emailsOf(user);
  const { value } = (user.profile?.['mainEmail'] ?? {}) as Values;
  return [{ ...first, value: asWritten(value, user.email) }, ...others];
}

/** What the directory wrote, unless something else has come in its place since. */
function asWritten(written: Json | undefined, kept: string): string {
  return typeof written === 'string' && fold(written) === fold(kept) ? written : kept;
}

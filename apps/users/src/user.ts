import type { SettableStatus, User } from '@seaworthy/contracts/users';

/** Free texts of callers, by name. */
export type Attributes = Readonly<Record<string, string>>;

/** A JSON value as a directory sends it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * What a directory says of a user beyond what every caller sees, by the names of SCIM (RFC 7643): `name`, `title`,
 * `phoneNumbers`. Two names are ours: `mainEmail` is what else is said of the address in `email` (its type, whether it
 * is primary), and `emails` are only the other addresses.
 */
export type Profile = Readonly<Record<string, Json>>;

/** A user as it is kept. */
export type UserRecord = User & { profile?: Profile };

/** What makes up a user, without what the service adds. */
export interface UserContent {
  email?: string | undefined;
  /** What a directory calls the user; kept only where that is not the e-mail address. */
  userName?: string | undefined;
  displayName: string;
  status?: SettableStatus | undefined;
  externalId?: string | undefined;
  attributes?: Attributes | undefined;
  profile?: Profile | undefined;
}

/** What to change of a user: absent leaves, null removes. */
export interface UserEdit {
  email?: string | null | undefined;
  userName?: string | null | undefined;
  displayName?: string | undefined;
  status?: SettableStatus | undefined;
  externalId?: string | null | undefined;
  /** All attributes, instead of those that are there. */
  attributes?: Attributes | null | undefined;
  /** Single attributes; those that it does not name stay. */
  attributePatch?: Readonly<Record<string, string | null>> | undefined;
  profile?: Profile | null | undefined;
}

/** An address of a user, as SCIM has it (RFC 7643, section 4.1.2). */
export type ProfileEmail = Readonly<Record<string, Json>>;

/** All addresses of a user: the one that is unique first. */
export function emailsOf({ email, profile = {} }: Pick<UserRecord, 'email' | 'profile'>): ProfileEmail[] {
  const main = (profile['mainEmail'] ?? { type: 'work', primary: true }) as ProfileEmail;
  const others = (profile['emails'] ?? []) as ProfileEmail[];
  return email === undefined ? others : [{ ...main, value: email }, ...others];
}

/** How names and addresses are compared: whatever their case. */
export function fold(text: string): string {
  return text.trim().toLowerCase();
}

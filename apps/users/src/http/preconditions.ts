import { Problem } from '@seaworthy/chassis/problem';
import { Type } from 'typebox';
import { matchedVersions, type Versions } from '../entity-tag.ts';

const tags = { maxLength: 1024 };

/** What the user must be like, or not be like, for something to be done. */
export const Preconditions = Type.Object({
  'if-match': Type.Optional(
    Type.String({ ...tags, description: 'The ETag that the caller has seen, or `*` (RFC 9110, section 13.1.1).' }),
  ),
  'if-none-match': Type.Optional(Type.String({ ...tags, description: 'Entity tags, or `*` (RFC 9110, 13.1.2).' })),
});

/**
 * The versions that a caller is content with.
 * @throws Problem of kind `precondition-required` where it says nothing of them (RFC 6585, section 3)
 */
export function requiredVersions(ifMatch: string | undefined): Versions {
  const versions = matchedVersions(ifMatch);
  if (versions !== undefined) return versions;
  throw new Problem(
    'precondition-required',
    'Send If-Match with the ETag of the user that you have seen, or with `*` to change it whatever it is.',
  );
}

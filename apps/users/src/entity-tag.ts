import { Problem } from '@seaworthy/chassis/problem';

/** The strong entity tag of a version: it changes with every change of the user, and with nothing else. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/** Versions that a caller is content with; `any` is every version of a user that exists. */
export type Versions = readonly number[] | 'any';

/**
 * Reads `If-Match` (RFC 9110, section 13.1.1) by strong comparison: a weak tag matches nothing, nor does what is no
 * tag of ours. `undefined` where there is no such header.
 */
export function matchedVersions(
  ifMatch: string | undefined,
  compare: 'strong' | 'weak' = 'strong',
): Versions | undefined {
  if (ifMatch === undefined) return undefined;
  if (ifMatch.trim() === '*') return 'any';
  return versionsIn(ifMatch, compare);
}

/** Whether `If-None-Match` (RFC 9110, section 13.1.2) names this version, by weak comparison. */
export function namesVersion(ifNoneMatch: string | undefined, version: number): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.trim() === '*' || versionsIn(ifNoneMatch, 'weak').includes(version);
}

/** @throws Problem of kind `precondition-failed` when the version is none of these */
export function requireVersion(versions: Versions | undefined, version: number): void {
  if (versions === undefined || versions === 'any' || versions.includes(version)) return;
  throw staleVersion();
}

/** The refusal of a caller that has not seen the present version. */
export function staleVersion(): Problem {
  return new Problem('precondition-failed', 'The user is not as If-Match says: read it again, and send its ETag.');
}

function versionsIn(header: string, compare: 'strong' | 'weak'): number[] {
  const tags = header.split(',').map((tag) => tag.trim());
  const ours = compare === 'weak' ? /^(?:W\/)?"([1-9]\d{0,14})"$/ : /^"([1-9]\d{0,14})"$/;
  return tags.flatMap((tag) => ours.exec(tag)?.[1] ?? []).map(Number);
}

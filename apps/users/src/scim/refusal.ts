import { Problem } from '@seaworthy/chassis/problem';

/** What is wrong, as a word that a client can branch on (RFC 7644, table 9; RFC 9865, table 3). */
export type ScimType =
  | 'invalidFilter'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/** A malformed request, in the words of SCIM. */
export class Refusal extends Problem {
  readonly scimType: ScimType;

  constructor(scimType: ScimType, detail: string) {
    super('bad-request', detail);
    this.scimType = scimType;
  }
}

const longestEcho = 80;

/** Something of the caller's as it can be shown to him again. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > longestEcho ? `${text.slice(0, longestEcho)}…` : text);
}

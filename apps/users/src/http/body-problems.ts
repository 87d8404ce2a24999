/** What can be wrong with any request that has a body, as kinds of problems. */
export const bodyProblems = [
  'bad-request',
  'not-acceptable',
  'too-large',
  'unsupported-media-type',
  'invalid',
  'too-many-requests',
  'unavailable',
] as const;

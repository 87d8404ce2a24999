import { Problem } from '@seaworthy/chassis/problem';

/** Writes where a list goes on as an opaque token: the 16 bytes of the last id, base64url. */
export function writePageToken(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

/**
 * Reads the id out of a token.
 * @throws Problem of kind `bad-request` for anything that `writePageToken` did not write
 */
export function readPageToken(token: string): string {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 16 || bytes.toString('base64url') !== token)
    throw new Problem('bad-request', 'The page token is not one of ours.', {
      errors: [{ pointer: '?pageToken', code: 'page-token', detail: 'must be the nextPageToken of a page' }],
    });
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

import { readFile } from 'node:fs/promises';
import { SourceFailure } from '../source-failure.ts';

/** The projected service account token of the pod, which Kubernetes writes anew before it expires. */
export interface TokenFile {
  /** Reads the token as it is now. Rejects with a `SourceFailure` that names the file. */
  read(): Promise<string>;
  /** Whose token was read last; not verified, that is Entra's part. */
  claims(): { issuer?: string; subject?: string };
  /** Takes the token out of a text that is going to be told. */
  hide(text: string): string;
}

/** Opens nothing until the token is needed; keeps nothing longer than until the next reading. */
export function tokenFile(path: string): TokenFile {
  let token = '';
  return {
    async read() {
      token = '';
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw unreadable(`The token file ${path} cannot be read: ${error.code}.`);
      });
      token = text.trim();
      if (token === '') throw unreadable(`The token file ${path} is empty.`);
      return token;
    },
    claims: () => claimsOf(token),
    hide: (text) => (token === '' ? text : text.replaceAll(token, '(token)')),
  };
}

function claimsOf(token: string): { issuer?: string; subject?: string } {
  try {
    const { iss, sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      iss?: unknown;
      sub?: unknown;
    };
    return { ...(typeof iss === 'string' && { issuer: iss }), ...(typeof sub === 'string' && { subject: sub }) };
  } catch {
    return {}; // no JWT: Entra says so
  }
}

function unreadable(message: string): SourceFailure {
  return new SourceFailure('unauthenticated', message);
}

import { type CryptoKey, errors, type JWTPayload } from 'jose';
import { createSigningKey, type SigningKey } from './keys.ts';

/** The tenant's keys: the newest signs, and all that were not dropped verify. */
export interface KeyRing {
  /** What is published, the newest first. */
  readonly jwks: SigningKey['jwks'];
  sign(claims: JWTPayload): Promise<string>;
  /** The public key of that name. Throws jose's JWKSNoMatchingKey if there is none. */
  publicKey(kid: string | undefined): CryptoKey;
  /** Signs with a new key from now on; with `dropOld`, what the older ones signed is no longer good. */
  rotate(options?: { dropOld?: boolean }): Promise<{ kid: string }>;
}

/** Makes a ring with one key. */
export async function createKeyRing(): Promise<KeyRing> {
  let signing = await createSigningKey();
  let older: readonly SigningKey[] = [];
  const all = () => [signing, ...older];
  return {
    get jwks() {
      return { keys: all().flatMap(({ jwks }) => jwks.keys) };
    },
    sign: (claims) => signing.sign(claims),
    publicKey(kid) {
      const found = all().find((key) => key.kid === kid);
      if (found === undefined) throw new errors.JWKSNoMatchingKey();
      return found.publicKey;
    },
    async rotate({ dropOld = false } = {}) {
      const next = await createSigningKey();
      older = dropOld ? [] : all();
      signing = next;
      return { kid: next.kid };
    },
  };
}

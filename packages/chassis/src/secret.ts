import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { inspect } from 'node:util';
import { Type } from 'typebox';

const pollMilliseconds = 1000;
const hidden = '[secret]';

/**
 * A setting that must not be seen. It never shows itself in logs, JSON or string templates: ask for `value`.
 * One that was read from a file follows the file: the Key Vault driver and the kubelet swap a symlink, which no
 * file handle or directory entry of ours survives, so the path is polled.
 */
export class Secret {
  #value: string;
  readonly #listeners = new Set<(value: string) => void>();

  constructor(value: string) {
    this.#value = value;
  }

  /** The value now. Read it each time that it is used, not once. */
  get value(): string {
    return this.#value;
  }

  /** Calls `listener` with each new value after a rotation. */
  onRotate(listener: (value: string) => void): void {
    this.#listeners.add(listener);
  }

  /** Takes a new value; an unchanged one is no rotation. */
  rotate(value: string): void {
    if (value === this.#value) return;
    this.#value = value;
    for (const listener of this.#listeners) listener(value);
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [inspect.custom](): string {
    return hidden;
  }
}

/** Reads a mounted secret: the file's text without the trailing newline that most editors add. */
export function readSecretFile(path: string): string {
  return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
}

/**
 * Keeps `secret` at what the file holds, and returns the function that stops doing so. A file that is gone, empty or
 * refused by `accept` in the middle of a rotation leaves the last good value in force.
 */
export function followSecretFile(secret: Secret, path: string, accept: (value: string) => boolean): () => void {
  const refresh = () => {
    try {
      const value = readSecretFile(path);
      if (accept(value)) secret.rotate(value);
    } catch {
      // Between the removal of the old file and the arrival of the new one: the next poll finds it.
    }
  };
  watchFile(path, { persistent: false, interval: pollMilliseconds }, refresh);
  return () => unwatchFile(path, refresh);
}

interface SecretOptions {
  description: string;
  examples: string[];
  pattern?: string;
}

/** The schema of a secret setting `X`, which can also be given as the path of a mounted file in `X_FILE`. */
export function secretSetting(options: SecretOptions) {
  return Type.Unsafe<Secret>({ type: 'string', minLength: 1, secret: true, ...options });
}

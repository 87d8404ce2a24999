import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { Type } from 'typebox';

const pollMilliseconds = 1000;
const hidden = '[secret]';

/**
 * A setting that must not be seen. It never shows itself in logs, JSON or string templates: ask for `value`.
 * One that was read from a file follows the file, by reading it every second: the Key Vault driver and the kubelet
 * swap a symlink, which no watch of a file survives, and a watch can begin too late to see a change.
 */
export class Secret {
  #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value now. Read it each time that it is used, not once. */
  get value(): string {
    return this.#value;
  }

  /** Takes a new value. */
  rotate(value: string): void {
    this.#value = value;
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
  return withoutLastNewline(readFileSync(path, 'utf8'));
}

/**
 * Keeps `secret` at what the file holds, as long as the process runs. A file that is gone, empty or refused by
 * `accept` in the middle of a rotation leaves the last good value in force.
 */
export function followSecretFile(secret: Secret, path: string, accept: (value: string) => boolean): void {
  // One read after the other: on a mount that hangs, reads that pile up would take every file operation with them.
  async function refresh(): Promise<void> {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    const value = text === undefined ? undefined : withoutLastNewline(text);
    if (value !== undefined && accept(value)) secret.rotate(value);
    setTimeout(refresh, pollMilliseconds).unref();
  }
  setTimeout(refresh, pollMilliseconds).unref();
}

function withoutLastNewline(text: string): string {
  return text.replace(/\r?\n$/, '');
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

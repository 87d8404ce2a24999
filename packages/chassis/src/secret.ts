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
  #read: (() => Promise<void>) | undefined;

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

  /** Lets `refresh` take the value from where it comes. */
  refreshBy(read: () => Promise<void>): void {
    this.#read = read;
  }

  /**
   * Reads the file again at once, where the value is from one: for who was refused with the value that is there. Takes
   * as long as the file does.
   */
  async refresh(): Promise<void> {
    await this.#read?.();
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
  let reading: Promise<void> | undefined;

  // One read at a time: on a mount that hangs, reads that pile up would take every file operation with them.
  function read(): Promise<void> {
    reading ??= readOnce().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function readOnce(): Promise<void> {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    const value = text === undefined ? undefined : withoutLastNewline(text);
    if (value !== undefined && accept(value)) secret.rotate(value);
  }

  async function poll(): Promise<void> {
    await read();
    setTimeout(poll, pollMilliseconds).unref();
  }

  secret.refreshBy(read);
  setTimeout(poll, pollMilliseconds).unref();
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

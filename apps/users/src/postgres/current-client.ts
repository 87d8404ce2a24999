import type { Log } from '@seaworthy/chassis/log';
import type { Secret } from '@seaworthy/chassis/secret';
import { Client, type ClientConfig } from 'pg';
import { isPostgresUrl } from '../database-rules.ts';
import type { PasswordSource } from '../password-source.ts';
import { isRefusedPassword } from './postgres-errors.ts';

interface Credentials {
  url: Secret;
  /** Where passwords come from that are not in the URL. */
  passwords: PasswordSource | undefined;
  log: Log;
}

/**
 * A class of connections that use what the secret holds at the moment of connecting, and the password of that moment.
 * Where the secret is no URL, as its file can be wrong for a while, they use the last one that was.
 */
export function currentClient({ url, passwords, log }: Credentials): typeof Client {
  let lastGood = url.value;

  function currentUrl(): string {
    const { value } = url;
    if (isPostgresUrl(value)) lastGood = value;
    else log.warn('DATABASE_URL is no URL: the last good one stays in force');
    return lastGood;
  }

  return class extends Client {
    #given: string | undefined;

    constructor(options: ClientConfig = {}) {
      super({ ...options, connectionString: currentUrl() });
      // Not by the options: an empty password in the URL would come before it.
      if (passwords) Object.assign(this, { password: () => this.#giveFrom(passwords) });
    }

    override connect(): Promise<Client>;
    override connect(callback: (error: Error) => void): void;
    override connect(callback?: (error: Error) => void): unknown {
      if (callback === undefined) return super.connect(); // pg-pool has one
      return super.connect((error: Error) => {
        if (error && isRefusedPassword(error) && this.#given !== undefined) passwords?.refused(this.#given);
        callback(error);
      });
    }

    async #giveFrom(source: PasswordSource): Promise<string> {
      this.#given = await source.current();
      return this.#given;
    }
  } as typeof Client;
}

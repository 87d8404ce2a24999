import type { Log } from '@seaworthy/chassis/log';
import type { Secret } from '@seaworthy/chassis/secret';
import { Client, type ClientConfig, type QueryResult } from 'pg';
import { isPostgresUrl } from '../config.ts';

/**
 * A class of connections that use what the secret holds at the moment of connecting. Where that is no URL, as the file
 * of a secret can be wrong for a while, they use the last one that was.
 */
export function currentClient(url: Secret, log: Log): typeof Client {
  let lastGood = url.value;

  function currentUrl(): string {
    const { value } = url;
    if (isPostgresUrl(value)) lastGood = value;
    else log.warn('DATABASE_URL is no URL: the last good one stays in force');
    return lastGood;
  }

  return class extends Client {
    constructor(options: ClientConfig = {}) {
      super({ ...options, connectionString: currentUrl() });
    }

    // Where `query_timeout` strikes, nothing comes back any more, but pg would keep the connection for the next query.
    override query(...args: unknown[]): never {
      const result: Promise<QueryResult> | undefined = super.query(...(args as [string]));
      result?.catch(({ message }: Error) => {
        if (message === 'Query read timeout') void this.end();
      });
      return result as never;
    }
  } as typeof Client;
}

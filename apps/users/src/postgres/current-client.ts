import type { Secret } from '@seaworthy/chassis/secret';
import { Client, type ClientConfig, type QueryResult } from 'pg';

/** A class of connections that use what the secret holds at the moment of connecting. */
export function currentClient(url: Secret): typeof Client {
  return class extends Client {
    constructor(options: ClientConfig = {}) {
      super({ ...options, connectionString: url.value });
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

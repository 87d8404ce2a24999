import type { Client, QueryConfig, QueryResult } from 'pg';
import { statementNames } from './statement-names.ts';

interface Failure extends Error {
  code?: string;
  severity?: string;
  routine?: string;
}

/**
 * Makes a class of connections name their statements, so that Postgres parses and plans each once per connection, and
 * leave the pool once they are of no more use: the next query finds another connection, and perhaps another server.
 */
export function steadyClient(base: typeof Client, { prepares }: { prepares: boolean }): typeof Client {
  const nameOf = prepares ? statementNames() : () => undefined;

  // A mixin's constructor has to take whatever comes (TypeScript, mixin classes).
  return class extends (base as unknown as new (...args: unknown[]) => Client) {
    #isSpent = false;

    // Queries with a callback or an object of their own are none of ours.
    override query(...args: unknown[]): never {
      const [text, values] = args;
      if (typeof text !== 'string' || typeof values === 'function' || args.length > 2)
        return super.query(...(args as [string])) as never;
      return this.#ask(text, values as readonly unknown[] | undefined) as never;
    }

    async #ask(text: string, values: readonly unknown[] = []): Promise<QueryResult> {
      const name = values.length > 0 || text.startsWith('select') ? nameOf(text) : undefined;
      try {
        return await this.#send({ text, values, name });
      } catch (error) {
        this.#isSpent ||= isForgotten(error) || isReadOnly(error);
        if (!isForgotten(error)) throw error;
        if (this.getTransactionStatus() !== 'I') throw rolledBack(error);
        return await this.#send({ text, values });
      } finally {
        // In a transaction there is still a rollback to come.
        if (this.#isSpent && this.getTransactionStatus() === 'I') void this.end();
      }
    }

    async #send(query: { text: string; values: readonly unknown[]; name?: string | undefined }): Promise<QueryResult> {
      try {
        return await this.#answerTo(query as QueryConfig);
      } catch (error) {
        // pg would keep the connection for the next query: until the socket closes, which comes after the last message.
        if (isSilent(error) || isLast(error)) void this.end();
        throw error;
      }
    }

    /** By a callback: the promise that pg makes keeps results for so long that they cost a third more to collect. */
    #answerTo(query: QueryConfig): Promise<QueryResult> {
      return new Promise((resolve, reject) => {
        super.query(query, (error, result) => (error ? reject(error) : resolve(result)));
      });
    }
  } as unknown as typeof Client;
}

/**
 * Whether the server does not have the statement as we left it: tables were migrated (0A000, told from what is really
 * not supported by where in Postgres it comes from), `DISCARD ALL`, or a pooler that gave us another connection.
 */
function isForgotten(error: unknown): boolean {
  const { code, routine } = error as Failure;
  return code === '26000' || code === '42P05' || (code === '0A000' && routine === 'RevalidateCachedQuery');
}

/** Nothing comes back any more. */
function isSilent(error: unknown): boolean {
  return (error as Failure).message === 'Query read timeout';
}

/** Whether Postgres closes the connection behind this message. Servers translate the severity, but not the codes. */
function isLast(error: unknown): boolean {
  const { code, severity } = error as Failure;
  return severity === 'FATAL' || code?.startsWith('57P') === true;
}

/** In a transaction there is no second try but of all of it: as after a serialization failure. */
function rolledBack(cause: unknown): Error {
  return Object.assign(new Error('a prepared statement was forgotten', { cause }), { code: '40001' });
}

/** A standby after a failover: the name leads to the new primary by now, or soon. */
function isReadOnly(error: unknown): boolean {
  return (error as Failure).code === '25006';
}

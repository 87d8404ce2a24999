import { Problem } from '@seaworthy/chassis/problem';

// SQLSTATE classes and codes (PostgreSQL, appendix A) that pass without anybody changing this program.
const states = [
  '08', // connection exceptions
  '28', // credentials refused: in the middle of a rotation
  '53', // out of connections, memory or disk
  '57P', // shutting down, crashed, starting up
  '57014', // the statement timeout
  '40001', // serialization failure
  '40P01', // deadlock
  '25006', // read-only: a standby after a failover
];

// What Node says about a connection, and what pg says without a code.
const socketErrors = 'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN'.split(' ');
const connectionMessages =
  /^(timeout e|Connection terminated|Query read timeout|Client (has encountered a connection error|was closed))/;

interface PostgresError extends Error {
  code?: string;
  constraint?: string;
}

/** Whether Postgres did not answer, or not now: the same request may succeed later. */
export function isOutage(error: unknown): error is PostgresError {
  const { code = '', message = '' } = error as PostgresError;
  return (
    states.some((state) => code.startsWith(state)) || socketErrors.includes(code) || connectionMessages.test(message)
  );
}

/** Asks Postgres; an error that the caller can act on is thrown as a Problem, any other as it is: it is a bug. */
export async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    // Without the cause: Postgres' message quotes the address, and a log is no place for it.
    if ((error as PostgresError).constraint === 'users_email_key')
      throw new Problem('conflict', 'This e-mail address belongs to another user.');
    if (!isOutage(error)) throw error;
    throw new Problem('unavailable', 'The database does not answer.', { cause: error, retryAfterSeconds: 2 });
  }
}

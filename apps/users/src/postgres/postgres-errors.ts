import { Problem } from '@seaworthy/chassis/problem';
import { alreadyTaken, tooManyAttributes } from '../refusals.ts';

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

/** What the constraints and unique indexes of the migrations mean. */
const refusals: Readonly<Record<string, () => Problem>> = {
  users_email_key: () => alreadyTaken('email'),
  users_user_name_key: () => alreadyTaken('userName'),
  users_attributes_check: tooManyAttributes,
};

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

/** Whether Postgres refuses who we say we are, as it does in the middle of a rotation. */
export function isRefusedPassword(error: unknown): boolean {
  const { code } = error as PostgresError;
  return code === '28P01' || code === '28000';
}

/**
 * Whether it is worth asking again in a moment: the connection broke, Postgres is restarting, or writers met. Not
 * where that took long already (a timeout), nor where Postgres has too much to do.
 */
export function isPassing(error: unknown): boolean {
  const { code = '', message = '' } = error as PostgresError;
  const patient = code === '57014' || code.startsWith('53') || code.startsWith('28') || /timeout/i.test(message);
  return isOutage(error) && !patient;
}

/** Whether a row was refused because another one has its id. */
export function isTakenId(error: unknown): boolean {
  return (error as PostgresError).constraint === 'users_pkey';
}

/** Asks Postgres; an error that the caller can act on is thrown as a Problem, any other as it is: it is a bug. */
export async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    // Without the cause: Postgres' message quotes the address, and a log is no place for it.
    const refusal = refusals[(error as PostgresError).constraint ?? ''];
    if (refusal) throw refusal();
    if (!isOutage(error)) throw error;
    throw new Problem('unavailable', 'The database does not answer.', { cause: error, retryAfterSeconds: 2 });
  }
}

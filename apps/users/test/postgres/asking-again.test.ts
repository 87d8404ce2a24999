import { describe, expect, it } from 'vitest';
import { askingAgain } from '../../src/postgres/asking-again.ts';

const coded = (code: string) => Object.assign(new Error(`error ${code}`), { code });
const silent = (message: string) => new Error(message);

/** Fails so often, and then answers how many times it was asked before. */
function failing(times: number, error: Error) {
  let asked = 0;
  const ask = async (before: number) => {
    asked += 1;
    if (asked <= times) throw error;
    return before;
  };
  return { ask, asked: () => asked };
}

describe('asking again', () => {
  it.for([
    ...['08006', '57P01', '57P02', '57P03', '40001', '40P01', '25006'].map(coded),
    ...['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOTFOUND'].map(coded),
    ...['Connection terminated unexpectedly', 'Client has encountered a connection error and is not queryable'].map(
      silent,
    ),
  ])('goes on until there is an answer: %s', async (error) => {
    expect(await askingAgain(failing(2, error).ask)).toBe(2);
  });

  it.for([
    ...['57014', '53300', '53100', '28P01'].map(coded),
    ...['timeout exceeded when trying to connect', 'Query read timeout'].map(silent),
    silent('Connection terminated due to connection timeout'),
  ])('would only make it worse: %s', async (error) => {
    const { ask, asked } = failing(1, error);
    await expect(askingAgain(ask)).rejects.toMatchObject({ kind: 'unavailable', cause: error });
    expect(asked()).toBe(1);
  });

  it('is of no use for a bug, nor for a refusal', async () => {
    await expect(askingAgain(failing(1, coded('42P01')).ask)).rejects.toThrow('error 42P01');
    const error = Object.assign(coded('23505'), { constraint: 'users_email_key' });
    await expect(askingAgain(failing(1, error).ask)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('is given up when it took too long', async () => {
    const { ask, asked } = failing(Number.POSITIVE_INFINITY, coded('57P03'));
    await expect(askingAgain(ask, 200)).rejects.toMatchObject({ kind: 'unavailable', cause: { code: '57P03' } });
    expect(asked()).toBeGreaterThan(1);
  });
});

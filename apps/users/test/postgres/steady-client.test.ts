import type { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { steadyClient } from '../../src/postgres/steady-client.ts';

/** A connection whose only query fails so. */
function failing(error: object) {
  let isEnded = false;
  const base = class {
    getTransactionStatus = () => 'I';
    end = async () => {
      isEnded = true;
    };
  };
  Object.assign(base.prototype, {
    query: (_: unknown, answer: (error: Error) => void) => answer(Object.assign(new Error('no'), error)),
  });
  const client = new (steadyClient(base as unknown as typeof Client, { prepares: true }))();
  return { client, isEnded: () => isEnded };
}

describe('a connection', () => {
  it.for([
    ['a last message', { severity: 'FATAL', code: '08P01' }],
    ['a last message in another language', { severity: 'ВАЖНО', code: '57P01' }],
    ['a standby', { severity: 'ERROR', code: '25006' }],
    ['silence', { message: 'Query read timeout' }],
  ] as const)('is ended before anybody hears of %s', async ([, error]) => {
    const { client, isEnded } = failing(error);
    expect(await client.query('select 1').catch(isEnded)).toBe(true);
  });

  it.for([
    ['a refusal', { severity: 'ERROR', code: '23505' }],
    ['a statement that took too long', { severity: 'ERROR', code: '57014' }],
  ] as const)('serves on after %s', async ([, error]) => {
    const { client, isEnded } = failing(error);
    expect(await client.query('select 1').catch(isEnded)).toBe(false);
  });
});

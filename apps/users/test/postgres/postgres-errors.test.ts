import { describe, expect, it } from 'vitest';
import { asking, isOutage, isRefusedPassword } from '../../src/postgres/postgres-errors.ts';

const coded = (code: string) => Object.assign(new Error(`error ${code}`), { code });

describe('an error of Postgres', () => {
  it.for(['08006', '28P01', '53300', '53100', '57P01', '57P02', '57P03', '57014', '40P01', '25006'])(
    'unavailable for SQLSTATE %s',
    async (code) => {
      const asked = asking(() => Promise.reject(coded(code)));
      await expect(asked).rejects.toMatchObject({ kind: 'unavailable', cause: { code } });
    },
  );

  it.for(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE'])(
    'unavailable for %s',
    (code) => {
      expect(isOutage(coded(code))).toBe(true);
    },
  );

  it.for(['42P01', '42703', '22021', '23502', '23505', '3D000', '42501', 'ERR_INVALID_ARG_TYPE'])(
    'as it is for %s: a bug',
    async (code) => {
      const error = coded(code);
      await expect(asking(() => Promise.reject(error))).rejects.toBe(error);
    },
  );

  it.for([
    ['users_email_key', { kind: 'conflict', errors: [{ pointer: '/email' }] }],
    ['users_user_name_key', { kind: 'conflict', errors: [{ pointer: '/userName' }] }],
    ['users_attributes_check', { kind: 'invalid', errors: [{ pointer: '/attributes' }] }],
  ] as const)('a refusal for %s, without what Postgres quotes', async ([constraint, refusal]) => {
    const detail = 'Key (email)=(ada@example.com) already exists.';
    const error = Object.assign(coded('23505'), { constraint, detail });
    const problem = await asking(() => Promise.reject(error)).catch((thrown) => thrown);
    expect(problem).toMatchObject(refusal);
    expect(problem.cause).toBeUndefined();
    expect(problem.message).not.toContain('ada');
  });

  it.for(['28P01', '28000'])('a refused password for %s', (code) => {
    expect(isRefusedPassword(coded(code))).toBe(true);
    expect(isRefusedPassword(coded('53300'))).toBe(false);
  });
});

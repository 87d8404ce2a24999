import { expect } from 'vitest';

// What a Problem looks like to `toMatchObject`.
export const taken = (field: 'email' | 'userName') => ({
  kind: 'conflict',
  errors: [{ pointer: `/${field}`, code: 'taken' }],
});
export const inProgress = { kind: 'conflict', retryAfterSeconds: 1 };
export const otherBody = { kind: 'invalid', errors: [{ pointer: 'Idempotency-Key' }] };
export const tooMany = { kind: 'invalid', errors: [{ pointer: '/attributes', code: 'maxProperties' }] };
export const stale = { kind: 'precondition-failed', message: expect.stringContaining('If-Match') };
export const thereAlready = { kind: 'precondition-failed', message: expect.stringContaining('this id already') };

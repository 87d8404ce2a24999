import { describe, expect, it } from 'vitest';
import { createReadAllowance } from '../src/read-allowance.ts';

const reader = { principal: 'caller', scope: 'subscription' };

function emptied(clock: () => number) {
  const allowance = createReadAllowance(clock);
  for (let count = 0; count < 250; count += 1) allowance.take(reader);
  return allowance;
}

it('gives 250 reads at once, then none', () => {
  const allowance = createReadAllowance(() => 0);
  const taken = Array.from({ length: 251 }, () => allowance.take(reader));
  expect([taken[0]?.own, taken[249]?.own]).toEqual([249, 0]);
  expect([taken[249]?.retryAfter, taken[250]?.retryAfter]).toEqual([undefined, 1]);
});

it('gives 25 more a second, and never more than 250', () => {
  let now = 0;
  const allowance = emptied(() => now);
  now += 1000;
  expect(allowance.take(reader).own).toBe(24);
  now += 3_600_000;
  expect(allowance.take(reader).own).toBe(249);
});

it('counts each caller and subscription for itself', () => {
  const allowance = createReadAllowance(() => 0);
  allowance.take(reader);
  expect(allowance.take({ ...reader, principal: 'another' }).own).toBe(249);
  expect(allowance.take({ ...reader, scope: 'another' }).own).toBe(249);
});

describe('after a refusal', () => {
  it('refuses what comes before Retry-After has passed, each time for the whole time', () => {
    let now = 0;
    const allowance = emptied(() => now);
    expect(allowance.take(reader).retryAfter).toBe(1);
    for (let early = 1; early <= 3; early += 1) {
      now += 900;
      expect(allowance.take(reader)).toMatchObject({ own: 0, retryAfter: 1 });
      expect(allowance.early).toBe(early);
    }
    now += 1000;
    expect(allowance.take(reader).retryAfter).toBeUndefined();
    expect(allowance.early).toBe(3);
  });

  it('serves the other callers', () => {
    const allowance = emptied(() => 0);
    allowance.take(reader);
    expect(allowance.take({ ...reader, principal: 'another' }).retryAfter).toBeUndefined();
  });

  it('is forgotten by a reset', () => {
    const allowance = emptied(() => 0);
    allowance.take(reader);
    allowance.reset();
    expect(allowance.take(reader).own).toBe(249);
  });
});

it('gives all callers of a subscription together 15 times as much', () => {
  const allowance = createReadAllowance(() => 0);
  for (let principal = 0; principal < 15; principal += 1) {
    for (let count = 0; count < 250; count += 1) allowance.take({ ...reader, principal: `${principal}` });
  }
  expect(allowance.take({ ...reader, principal: 'one more' })).toEqual({ own: 250, global: 0, retryAfter: 1 });
  expect(allowance.take({ principal: 'one more', scope: 'elsewhere' }).global).toBe(3749);
});

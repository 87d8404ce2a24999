import { anybody } from '@seaworthy/chassis/auth';
import { expect, it } from 'vitest';
import { Authority } from '../src/authority.ts';
import { Tickets } from '../src/tickets.ts';
import { readTokens, start, tokenOf } from './tokens.ts';

function authority(authenticate = readTokens) {
  const clock = { now: start * 1000 };
  const [asked, failures]: [string[], string[]] = [[], []];
  const now = () => clock.now;
  const tickets = new Tickets({ key: () => 'key', now });
  const counted = new Authority({
    authenticate: (authorization) => {
      if (authorization !== undefined) asked.push(authorization);
      return authenticate(authorization);
    },
    tickets,
    now,
    onFailure: (credential) => failures.push(credential),
  });
  return { authority: counted, tickets, clock, asked, failures };
}

const bearer = `Bearer ${tokenOf({ exp: start + 300 })}`;

it('a token is verified once, as long as it is good', async () => {
  const { authority: it, asked, clock } = authority();
  const first = await it.admit(bearer, undefined);
  expect(await it.admit(bearer, undefined)).toBe(first);
  clock.now += 300_000;
  await it.admit(bearer, undefined);
  expect(asked).toHaveLength(2);
});

it('a token that lasts is verified again after 10 minutes: its key may have gone', async () => {
  const { authority: it, asked, clock } = authority();
  await it.verify(tokenOf());
  clock.now += 600_000;
  await it.verify(tokenOf());
  expect(asked).toHaveLength(2);
});

it('one that was refused is asked for again, and counted', async () => {
  const { authority: it, asked, failures } = authority();
  for (const _ of [1, 2]) await expect(it.verify('bad')).rejects.toMatchObject({ kind: 'unauthenticated' });
  await expect(it.admit('Bearer outage', undefined)).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(it.admit(undefined, 'x')).rejects.toMatchObject({ kind: 'unauthenticated' });
  expect([asked.length, failures]).toEqual([3, ['frame', 'frame', 'header', 'ticket']]);
});

it('the header comes before the ticket, which is not used up then', async () => {
  const { authority: it, tickets } = authority();
  const ticket = tickets.issue({ id: 'eve', roles: [] });
  expect(await it.admit(bearer, ticket)).toMatchObject({ id: 'ada' });
  expect(await it.admit(undefined, ticket)).toMatchObject({ id: 'eve' });
});

it('who shows nothing is a stranger, unless nobody is asked', async () => {
  expect(await authority().authority.admit(undefined, undefined)).toBeUndefined();
  const open = authority(async () => anybody).authority;
  expect(await open.admit(undefined, 'no ticket')).toMatchObject({ id: 'anybody' });
});

it('an outage of the issuer does not make strangers of callers', async () => {
  const outage = () => readTokens('Bearer outage');
  const refusal = { kind: 'unavailable' };
  await expect(authority(outage).authority.admit(undefined, undefined)).rejects.toMatchObject(refusal);
});

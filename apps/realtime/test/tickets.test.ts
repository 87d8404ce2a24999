import { anybody } from '@seaworthy/chassis/auth';
import { expect, it } from 'vitest';
import { Tickets } from '../src/tickets.ts';
import { start } from './tokens.ts';

const caller = { id: 'ada', roles: ['Channels.Read', 'Users.Read'], claims: { exp: start + 60, channels: { a: 'w' } } };
const refused = expect.objectContaining({ kind: 'unauthenticated' });

function office(key = 'a key that replicas share') {
  const clock = { now: start * 1000 };
  return { clock, tickets: new Tickets({ key: () => key, now: () => clock.now }) };
}

it('a ticket says what the token said that matters here', () => {
  const { tickets } = office();
  const { id, claims } = caller;
  expect(tickets.redeem(tickets.issue(caller))).toEqual({ id, roles: ['Channels.Read'], claims });
});

it('each is for once', () => {
  const { tickets } = office();
  const [one, other] = [tickets.issue(caller), tickets.issue(caller)];
  tickets.redeem(one);
  expect(() => tickets.redeem(one)).toThrow(refused);
  expect(tickets.redeem(other)).toMatchObject({ id: 'ada' });
});

it('a replica with the same key takes it, and one with another key does not', () => {
  const ticket = office().tickets.issue(caller);
  expect(office().tickets.redeem(ticket)).toMatchObject({ id: 'ada' });
  expect(() => office('another key').tickets.redeem(ticket)).toThrow(refused);
});

it('is good for 30 seconds, and is no better after it was forgotten', () => {
  const { tickets, clock } = office();
  const [used, unused] = [tickets.issue(caller), tickets.issue(caller)];
  clock.now += 29_999;
  tickets.redeem(used);
  clock.now += 1;
  expect(() => tickets.redeem(unused)).toThrow(refused);
  expect(() => tickets.redeem(used)).toThrow(refused);
});

it.each([
  ['nothing', () => ''],
  ['no ticket', () => 'abc'],
  ['a token', () => 'eyJhbGciOiJub25lIn0.e30.'],
  ['half of it', (ticket: string) => ticket.slice(0, ticket.length / 2)],
  ['another spelling', (ticket: string) => `${ticket}=`],
  ['more than it', (ticket: string) => `${ticket}AAAA`],
])('%s is refused', (_what, change) => {
  const { tickets } = office();
  expect(() => tickets.redeem(change(tickets.issue(caller)))).toThrow(refused);
});

it('any byte that is changed makes it worthless', () => {
  const { tickets } = office();
  const bytes = Buffer.from(tickets.issue(caller), 'base64url');
  for (const at of bytes.keys()) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    expect(() => tickets.redeem(changed.toString('base64url'))).toThrow(refused);
  }
});

it('who was not asked who he is gets a ticket for nothing', () => {
  const { tickets } = office();
  expect(tickets.redeem(tickets.issue(anybody))).toEqual({ id: 'anybody', roles: [], claims: {} });
});

import { expect, it } from 'vitest';
import { Hub, type Message } from '../src/hub.ts';

function world() {
  const asked: string[] = [];
  const hub = new Hub({
    subscribe: async (channel) => void asked.push(`+${channel}`),
    unsubscribe: (channel) => void asked.push(`-${channel}`),
    receive: () => undefined,
  });
  return { hub, asked };
}

function listener() {
  const heard: Message[] = [];
  return { heard, deliver: (message: Message) => void heard.push(message) };
}

it('delivers a payload to all members of its channel and to nobody else', async () => {
  const { hub } = world();
  const [a, b, other] = [listener(), listener(), listener()];
  await Promise.all([hub.join(a, 'x'), hub.join(b, 'x'), hub.join(other, 'y')]);
  expect(hub.deliver('x', Buffer.from('hi'))).toBe(2);
  expect([a, b, other].map(({ heard }) => heard.length)).toEqual([1, 1, 0]);
});

it('says of each payload whether it may be text', async () => {
  const { hub } = world();
  const member = listener();
  await hub.join(member, 'x');
  for (const payload of [Buffer.from(''), Buffer.from('ü'), Buffer.from([0xff])]) hub.deliver('x', payload);
  expect(member.heard.map(({ text }) => text)).toEqual([true, true, false]);
});

it('unsubscribes when the last member leaves, and not before', async () => {
  const { hub, asked } = world();
  const [a, b] = [listener(), listener()];
  await Promise.all([hub.join(a, 'x'), hub.join(b, 'x')]);
  hub.leave(a, 'x');
  hub.leave(a, 'x');
  expect(asked).not.toContain('-x');
  hub.leave(b, 'x');
  expect(asked.at(-1)).toBe('-x');
  expect(hub.channels).toBe(0);
});

it('ends subscribed when a member joins right after the last one left', async () => {
  const { hub, asked } = world();
  const [a, b] = [listener(), listener()];
  void hub.join(a, 'x');
  hub.leave(a, 'x');
  await hub.join(b, 'x');
  expect(asked).toEqual(['+x', '-x', '+x']);
});

it('serves the others when a member leaves while it is served', async () => {
  const { hub } = world();
  const last = listener();
  const leaver = { deliver: () => hub.leave(leaver, 'x') };
  await Promise.all([hub.join(leaver, 'x'), hub.join(last, 'x')]);
  hub.deliver('x', Buffer.from('1'));
  expect(last.heard).toHaveLength(1);
});

it('drops what nobody listens to', () => {
  expect(world().hub.deliver('x', Buffer.from('late'))).toBe(0);
});

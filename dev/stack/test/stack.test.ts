import { expect, it } from 'vitest';
import { createStack, type Part, StopRequested } from '../src/stack.ts';

function arrange() {
  const events: string[] = [];
  const part = (name: string, ready: Promise<void> = Promise.resolve()): Part => ({
    async start() {
      events.push(`start ${name}`);
      await ready;
      events.push(`${name} is ready`);
    },
    async stop() {
      events.push(`stop ${name}`);
    },
  });
  return { events, part, stack: createStack() };
}

it('parts start one step after the other, and stop in reverse', async () => {
  const { events, part, stack } = arrange();
  await stack.start(part('redis'));
  await stack.start(part('users'), part('groupz'));
  await stack.stop();
  expect(events).toEqual([
    'start redis',
    'redis is ready',
    'start users',
    'start groupz',
    'users is ready',
    'groupz is ready',
    'stop users',
    'stop groupz',
    'stop redis',
  ]);
});

it('a request to stop ends the start, and what was started can be stopped', async () => {
  const { events, part, stack } = arrange();
  const started = stack.start(part('slow', new Promise(() => undefined)));
  stack.requestStop();
  await expect(started).rejects.toBeInstanceOf(StopRequested);
  await stack.stop();
  expect(events).toEqual(['start slow', 'stop slow']);
});

it('a part that cannot start fails the start, and is stopped with the others', async () => {
  const { events, part, stack } = arrange();
  const started = stack.start(part('fine'), part('broken', Promise.reject(new Error('broken'))));
  await expect(started).rejects.toThrow('broken');
  await stack.stop();
  expect(events.slice(-2)).toEqual(['stop fine', 'stop broken']);
});

it('a running stack waits for the request to stop', async () => {
  const { stack } = arrange();
  const running = stack.run();
  stack.requestStop();
  await expect(running).rejects.toBeInstanceOf(StopRequested);
});

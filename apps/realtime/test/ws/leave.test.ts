import { expect, it } from 'vitest';
import { startService } from '../service.ts';

it('nothing of a channel follows the confirmation that it was left', async () => {
  const { open, broker } = await startService();
  const client = await open('a', 'b');
  const other = await open('a');
  await client.leave('a');
  broker.pass('a', 'for the other');
  broker.pass('b', 'for both');
  expect([await client.next(), await other.next()]).toEqual(['for both', 'for the other']);
});

it('is confirmed for a channel that was never joined', async () => {
  const { open } = await startService();
  await expect((await open()).leave('a')).resolves.toBeUndefined();
});

it('the last member that goes away ends the subscription', async () => {
  const { open, emptied } = await startService();
  const [first, last] = [await open('a'), await open('a')];
  await first.leave('a');
  await Promise.all([first.close(), last.close()]);
  await emptied();
});

import { expect, onTestFinished, test } from 'vitest';
import { startUsers } from '../users/users-program.ts';
import { extent, timeout } from './extent.ts';
import { fuzz, untouched } from './fuzz.ts';
import { scim } from './scim.ts';

test('users answers as its document says, whatever it is asked', { timeout }, async () => {
  const program = await startUsers({ RATE_LIMIT_REQUESTS: '0' });
  onTestFinished(() => program.stop());
  const tally = await fuzz({ baseUrl: program.address, ...extent, ...scim });
  expect(untouched(tally)).toEqual([]);
});

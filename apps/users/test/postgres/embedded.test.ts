import { expect, it } from 'vitest';
import { openEmbedded } from '../../src/postgres/embedded.ts';
import { temporaryDirectory } from '../users-process.ts';
import { silentLog } from '../users-server.ts';

it('keeps its directory to itself until closed, and its tables beyond', async () => {
  const directory = temporaryDirectory();
  const first = await openEmbedded(directory, silentLog);
  expect(await first.migrate()).toHaveLength(3);
  await expect(openEmbedded(directory, silentLog)).rejects.toThrow('another process uses');
  await first.close();
  const second = await openEmbedded(directory, silentLog);
  expect(await second.migrate()).toEqual([]);
  await second.close();
});

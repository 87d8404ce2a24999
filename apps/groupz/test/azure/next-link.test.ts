import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { A } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';

let azure: EmulatedAzure;
let stranger: Server;
let origin: string;
let calls = 0;
beforeAll(async () => {
  azure = await startAzure();
  stranger = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  origin = `127.0.0.1:${(stranger.address() as AddressInfo).port}`;
});
afterEach(() => azure.reset());
afterAll(async () => {
  stranger.close();
  await azure.close();
});

it.each(['https', 'http'])(
  'invalid-answer for a next page at another host over %s, which is never called',
  async (scheme) => {
    await azure.fault({ kind: 'foreign-next-link', origin: `${scheme}://${origin}` });
    const listing = groupsOf(connect(azure).groups, A);
    await expect(listing).rejects.toMatchObject({ name: 'SourceFailure', reason: 'invalid-answer' });
    expect(calls).toBe(0);
  },
);

it('invalid-answer for a next page at another host in the list of subscriptions, which is never called', async () => {
  await azure.fault({ kind: 'foreign-next-link', origin: `https://${origin}` });
  const listing = connect(azure).subscriptions.list(new AbortController().signal);
  await expect(listing).rejects.toMatchObject({ name: 'SourceFailure', reason: 'invalid-answer' });
  expect(calls).toBe(0);
});

it('invalid-answer for a page that links to itself, which is asked for once', async () => {
  await azure.fault({ kind: 'repeat-next-link', skip: 1 });
  const { groups, calls } = connect(azure);
  await expect(groupsOf(groups, A)).rejects.toMatchObject({ name: 'SourceFailure', reason: 'invalid-answer' });
  expect(calls.outcomes.filter(([target]) => target === 'arm')).toHaveLength(2);
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import type { Contestant } from '../../src/bench-case.ts';
import * as peers from '../../src/groupz/peers.ts';
import { recordAnswer } from '../../src/groupz/recorded-answer.ts';
import { openStage, type Stage } from '../../src/stage.ts';
import { stageOptions } from '../stage-options.ts';

const page = {
  value: [{ id: '/1', name: 'rg <1> & ü', subscriptionId: 's', location: 'l', tags: { b: '1', a: '2' } }].map(
    (group) => ({
      ...group,
      managedBy: null,
      provisioningState: 'Succeeded',
    }),
  ),
  nextPageToken: 't',
  freshness: { ageSeconds: 1 },
  errors: [],
};

/** A stage, and a page of groups as the service would have answered it. */
function recorded(json: unknown = page) {
  const stage = openStage(stageOptions());
  onTestFinished(() => stage[Symbol.asyncDispose]());
  const body = Buffer.from(JSON.stringify(json));
  const file = join(stage.directory, 'answer.json');
  writeFileSync(file, body);
  return { stage, answer: { path: '/groups?pageSize=500', body, file, etag: '"1"', coding: '' } };
}

async function ask(stage: Stage, contestant: Contestant, path: string, headers: Record<string, string> = {}) {
  const { port } = await stage.start(contestant);
  return fetch(`http://127.0.0.1:${port}${path}`, { headers });
}

it.for([
  ['bare node:http', peers.bareNode],
  ['plain Fastify', peers.fastify],
  ['Express', peers.express],
  ['Fastify, gzip per request', peers.compressingFastify],
] as const)('%s answers the same JSON', async ([name, peer]) => {
  const { stage, answer } = recorded();
  const response = await ask(stage, peer(answer), answer.path);
  expect(peer(answer).name).toBe(name);
  expect(await response.json()).toEqual(page);
});

it('Go answers the same JSON in both ways, or is told to be absent', async () => {
  for (const json of [page, ['a', 'b']]) {
    const { stage, answer } = recorded(json);
    const { contestants, notes } = await peers.goServers(stage, answer);
    expect(contestants.length + 2 * notes.length).toBe(2);
    for (const peer of contestants) expect(await (await ask(stage, peer, answer.path)).json()).toEqual(json);
  }
}, 60_000);

it('says that Go is absent where it is', async () => {
  const { stage, answer } = recorded();
  expect(await peers.goServers(stage, answer, '/nowhere/go')).toEqual({
    contestants: [],
    notes: ['Go is not on this machine: not measured.'],
  });
});

it.for([10, 10_000])('the runtime sends the very bytes, %d of them or more', async (length) => {
  const { stage, answer } = recorded('ü'.repeat(length));
  const server = await stage.start(peers.bareNode(answer));
  expect((await recordAnswer(stage, server, { path: answer.path })).body.equals(answer.body)).toBe(true);
});

it('304 from the runtime and from Express, each by its own ETag', async () => {
  const { stage, answer } = recorded();
  for (const peer of [peers.bareNode(answer), peers.express(answer)]) {
    const first = await ask(stage, peer, answer.path);
    // Without a word of ours, fetch says no-cache, and Express takes that for a wish to get all again.
    const headers = { 'if-none-match': first.headers.get('etag') ?? '', 'cache-control': 'max-age=0' };
    const again = await ask(stage, peer, answer.path, headers);
    expect([first.status, again.status]).toEqual([200, 304]);
  }
});

it('records an answer in the coding that it came in', async () => {
  const { stage, answer } = recorded();
  const server = await stage.start(peers.compressingFastify(answer));
  const { body, coding } = await recordAnswer(stage, server, { path: answer.path, coding: 'gzip' });
  expect([JSON.parse(gunzipSync(body).toString()), coding]).toEqual([page, 'gzip']);
  await expect(recordAnswer(stage, server, { path: answer.path })).rejects.toThrow('came in gzip, not uncompressed');
  await expect(recordAnswer(stage, server, { path: '/other' })).rejects.toThrow('gave 404');
});

it('the scan finds what is asked for', async () => {
  const { stage } = recorded();
  const file = join(stage.directory, 'groups.json');
  const group = (name: string, location: string, env: string) => ({
    name,
    subscriptionId: 's',
    location,
    tags: { env },
  });
  writeFileSync(
    file,
    JSON.stringify([group('b', 'l', 'x'), group('a', 'l', 'x'), group('c', 'm', 'x'), group('d', 'l', 'y')]),
  );
  const response = await ask(stage, peers.scanningFastify('/groups', file), '/groups?tag=env:x&location=l&pageSize=1');
  expect(await response.json()).toMatchObject({ value: [{ name: 'a' }], total: 2 });
});

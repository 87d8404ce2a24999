import { setTimeout as pause } from 'node:timers/promises';
import type { Section } from '../bench-case.ts';
import { httpLoad } from '../http/http-load.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import type { Stage } from '../stage.ts';
import { figure } from '../statistics.ts';
import { alignColumns } from '../table.ts';
import { type Azure, startAzure } from './azure.ts';
import { service } from './service.ts';

const path = '/groupz';

/** Seconds between two readings of a subscription, and how many of them are watched. */
const refresh = { seconds: 1, readings: 5 };
const windowSeconds = refresh.seconds * refresh.readings;

const subscriptionCounts = [1, 5, 20];
const groupsEach = 50;

/** What was counted at one number of subscriptions. */
export type CallCount = {
  subscriptions: number;
  /** Lists that ARM was asked for while nobody asked the service. */
  idleCalls: number;
  /** Lists that ARM was asked for meanwhile. */
  busyCalls: number;
  requests: number;
};

/** How often ARM is asked: the emulator counts, while nobody asks the service and while many do. */
export function armCalls(name: string): Section {
  return {
    name,
    question: `Lists asked of ARM in ${windowSeconds} s, with a refresh every ${refresh.seconds} s varied by 10 %`,
    estimateSeconds: () => subscriptionCounts.length * (2 * windowSeconds + 4),
    async run(stage) {
      const counts: CallCount[] = [];
      for (const subscriptions of subscriptionCounts) counts.push(await count(stage, subscriptions));
      return reportCalls(counts);
    },
  };
}

/** The counts as a table, and what they say about growth. */
export function reportCalls(counts: readonly CallCount[]): string[] {
  const titles = ['subscriptions', 'ARM calls, no request', 'requests', 'ARM calls meanwhile', 'each interval'];
  const rows = counts.map(({ subscriptions, idleCalls, busyCalls, requests }) =>
    [subscriptions, idleCalls, requests, busyCalls].map(String).concat(figure(busyCalls / refresh.readings)),
  );
  const tooMany = counts.filter(({ idleCalls, busyCalls, subscriptions }) => busyCalls > idleCalls + 2 * subscriptions);
  const verdict =
    tooMany.length === 0
      ? 'ARM calls grow with subscriptions, not with requests.'
      : `ARM calls grow with requests at ${tooMany.map(({ subscriptions }) => subscriptions).join(', ')} subscriptions.`;
  return [...alignColumns([titles, ...rows]), verdict];
}

async function count(stage: Stage, subscriptions: number): Promise<CallCount> {
  const azure = await startAzure(stage, { groups: subscriptions * groupsEach, subscriptions });
  const server = await stage.start(service(azure, { REFRESH_SECONDS: String(refresh.seconds) }));
  stage.progress(`counting ARM calls of ${subscriptions} subscriptions`);
  const before = await callsSoFar(azure, stage);
  await pause(windowSeconds * 1000, undefined, { signal: stage.signal });
  const between = await callsSoFar(azure, stage);
  const requests = await askMuch(server, stage);
  const after = await callsSoFar(azure, stage);
  await server.stop();
  return { subscriptions, idleCalls: between - before, busyCalls: after - between, requests };
}

async function askMuch({ name, port, check }: ServerProcess, { connections, signal }: Stage): Promise<number> {
  const load = httpLoad({ path, faultOf: (body) => (body[0] === 0x5b ? undefined : 'answers that are no list') });
  const { operations, faults } = await load({ port, connections, seconds: windowSeconds, signal });
  signal.throwIfAborted();
  check();
  if (faults.length > 0) throw new Error(`${name}: ${faults.join(', ')}`);
  return operations;
}

async function callsSoFar({ adminUrl }: Azure, { signal }: Stage): Promise<number> {
  const response = await fetch(`${adminUrl}/calls`, { signal });
  const { calls } = (await response.json()) as { calls: readonly { operation: string; count: number }[] };
  return calls
    .filter(({ operation }) => operation === 'resourceGroups.list')
    .reduce((sum, { count }) => sum + count, 0);
}

import { afterAll, afterEach, beforeAll, expect, onTestFinished } from 'vitest';
import { type EmulatedAzure, startAzure } from './azure/emulated-azure.ts';
import { startGroupz } from './groupz-process.ts';
import { A, B } from './refresh-options.ts';

/** For a test file: an Azure in a box, and pods in its cluster that run the whole program until their test ends. */
export function pods() {
  let azure: EmulatedAzure;
  beforeAll(async () => {
    azure = await startAzure();
  });
  afterEach(() => azure.reset());
  afterAll(() => azure.close());

  /** Starts the program, which reads two subscriptions every second unless it is told otherwise. */
  function start(changes: Record<string, string | undefined> = {}) {
    const env = {
      ...azure.settings,
      NODE_EXTRA_CA_CERTS: azure.caFile,
      SUBSCRIPTION_ID: `${A},${B}`,
      REFRESH_SECONDS: '1',
    };
    const told = Object.entries({ ...env, ...changes }).filter(
      (each): each is [string, string] => each[1] !== undefined,
    );
    const groupz = startGroupz(Object.fromEntries(told));
    onTestFinished(async () => void (await groupz.stop()));
    const get = async (path: string, init: RequestInit = {}) => fetch(`${await groupz.url}${path}`, init);
    const json = async (path: string) => (await get(path)).json();
    return {
      ...groupz,
      get,
      json,
      text: async (path: string) => (await get(path)).text(),
      names: () => json('/groupz') as Promise<string[]>,
      answers: (path: string, status: number) =>
        expect.poll(async () => (await get(path)).status, { timeout: 15_000 }).toBe(status),
    };
  }
  return { start, azure: () => azure };
}

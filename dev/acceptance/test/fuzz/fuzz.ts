import fc from 'fast-check';
import { type Operation, operationsOf, strangersTo } from './document.ts';
import { faultsOf, jsonOf } from './judge.ts';
import { Recollection } from './recollection.ts';
import { type Knowledge, type Plan, plansFor, type Request, requestOf } from './requests.ts';
import { type Answer, exchange } from './wire.ts';

interface Run extends Knowledge {
  baseUrl: string;
  seconds: number;
  seed: number;
  headers?: Record<string, string>;
}

/** How often which operation was answered with which status. */
export type Tally = Map<string, Map<number, number>>;

const patience = 10_000; // ms for an answer
const streamPatience = 100; // ms where the answer may be put off until something happens

/**
 * Sends requests to every operation that a running service names, one after another, and holds every answer against
 * the document.
 * @throws with the seed and the shortest request that it found, where an answer is against it
 */
export async function fuzz({ baseUrl, seconds, seed, headers = {}, ...knowledge }: Run): Promise<Tally> {
  const operations = await operationsOf(baseUrl);
  const tally: Tally = new Map(operations.map(({ operationId }) => [operationId, new Map()]));
  const recollection = new Recollection();
  const plans = fc.oneof(
    { weight: 9, arbitrary: fc.oneof(...operations.map((operation) => plansFor(operation, knowledge))) },
    fc.oneof(...strangersTo(operations).map((stranger) => plansFor(stranger, {}))),
  );
  const property = fc.asyncProperty(plans, async (plan) => {
    const request = requestOf(plan, recollection);
    request.headers = { ...headers, ...request.headers };
    const answer = await answerTo(baseUrl, plan, request);
    if (answer === undefined) return;
    const faults = faultsOf(plan.operation, request, answer);
    if (faults.length > 0) throw new Error(`${shown(request)}\n${faults.join('\n')}`);
    count(tally, plan.operation, answer);
    recollection.note(jsonOf(answer), answer.headers.etag);
  });
  // A machine that is busy with other things gets through fewer requests: it takes its time again, with others.
  for (let round = 0; round === 0 || (round < mostRounds && untouched(tally).length > 0); round += 1)
    await fc.assert(property, {
      seed: seed + round,
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: seconds * 1000,
    });
  return tally;
}

const mostRounds = 3;

/** The operations that no request got a success out of: what was sent to them did not get far. */
export function untouched(tally: Tally): string[] {
  const succeeded = (statuses: Map<number, number>) => [...statuses.keys()].some((status) => status < 300);
  return [...tally].filter(([, statuses]) => !succeeded(statuses)).map(([operation]) => operation);
}

async function answerTo(baseUrl: string, { operation }: Plan, request: Request): Promise<Answer | undefined> {
  const streams = 'text/event-stream' in (operation.responses['200']?.content ?? {});
  try {
    return await exchange(baseUrl, request, streams ? streamPatience : patience);
  } catch (error) {
    // A long poll; or an upload that the service did not want to hear the end of.
    if (streams || (request.body?.length ?? 0) > 60_000) return undefined;
    throw new Error(`${shown(request)}\nno answer`, { cause: error });
  }
}

function count(tally: Tally, { operationId }: Operation, { status }: Answer): void {
  const statuses = tally.get(operationId);
  statuses?.set(status, (statuses.get(status) ?? 0) + 1);
}

function shown({ method, target, headers, body }: Request): string {
  return `${method} ${target} ${JSON.stringify(headers)} ${body?.subarray(0, 500) ?? ''}`;
}

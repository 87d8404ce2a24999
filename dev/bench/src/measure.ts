import type { Load } from './bench-case.ts';
import type { ServerProcess } from './processes/server-process.ts';
import type { StageOptions } from './stage.ts';

/** A server that runs, and what drives it. */
export type Entrant = {
  name: string;
  server: ServerProcess;
  load: Load;
  /** The database that works for it: its CPU is a part of the figures. */
  database?: { cpuSeconds: () => number } | undefined;
  /** Puts things back to where they were, before each of its turns. */
  rest?: () => Promise<void>;
};

/** One round of one entrant. */
export type Sample = {
  perCpuSecond: number;
  perSecond: number;
  cpuSeconds: number;
  cpuMicroseconds: number;
  /** The part of it that a database took, where there is one. */
  databaseMicroseconds?: number;
  /** How many cores were kept busy, the client's not counted. */
  cores: number;
  p50: number;
  p99: number;
  rssMebibytes: number;
};

/** All rounds of one entrant, in order. */
export type Series = { name: string; samples: Sample[] };

/** Whose CPU-seconds the figures are about. */
export function cpuSecond(series: readonly Series[]): string {
  const withDatabase = series.some(({ samples }) => samples.some((one) => one.databaseMicroseconds !== undefined));
  return withDatabase ? 'CPU-second of server and database' : 'server CPU-second';
}

/**
 * Warms all entrants up and lets them take turns.
 * Only one works at a time. All rest between their turns, so that a disturbance of the machine hits all alike.
 * @throws when a server ends by itself or has a fault, and when the signal is aborted
 */
export async function measure(entrants: readonly Entrant[], plan: StageOptions): Promise<Series[]> {
  for (const entrant of entrants) {
    plan.progress(`warming up ${entrant.name}`);
    await sample(entrant, plan);
  }
  const series = entrants.map(({ name }): Series => ({ name, samples: [] }));
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const index of turns(entrants.length, round)) {
      const entrant = entrants[index] as Entrant;
      plan.progress(`round ${round + 1} of ${plan.rounds}: ${entrant.name}`);
      series[index]?.samples.push(await sample(entrant, plan));
    }
  }
  return series;
}

/** The order of a round: each begins one further, so that nobody always comes after the same rest. */
export function turns(contestants: number, round: number): number[] {
  return Array.from({ length: contestants }, (_, turn) => (turn + round) % contestants);
}

async function sample({ name, server, load, database, rest }: Entrant, plan: StageOptions): Promise<Sample> {
  const { connections, seconds, signal, usage } = plan;
  await rest?.();
  const databaseBefore = database?.cpuSeconds();
  const before = usage.read(server.pid);
  const result = await load({ port: server.port, connections, seconds, signal });
  signal.throwIfAborted();
  server.check();
  const after = usage.read(server.pid);
  const databaseSeconds = (database?.cpuSeconds() ?? 0) - (databaseBefore ?? 0);
  const faults = result.operations > 0 ? result.faults : ['not one request was answered rightly', ...result.faults];
  if (faults.length > 0) throw new Error(`${name}: ${faults.join(', ')}`);
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds + databaseSeconds;
  return {
    perCpuSecond: result.operations / cpuSeconds,
    perSecond: result.operations / result.seconds,
    cpuSeconds,
    cpuMicroseconds: (cpuSeconds / result.operations) * 1e6,
    ...(database && { databaseMicroseconds: (databaseSeconds / result.operations) * 1e6 }),
    cores: cpuSeconds / result.seconds,
    ...result.latency,
    rssMebibytes: after.rssMebibytes,
  };
}

import type { Load } from './bench-case.ts';
import type { ServerProcess } from './processes/server-process.ts';
import type { StageOptions } from './stage.ts';

/** A server that runs, and what drives it. */
export type Entrant = { name: string; server: ServerProcess; load: Load };

/** One round of one entrant. */
export type Sample = {
  perCpuSecond: number;
  perSecond: number;
  cpuSeconds: number;
  cpuMicroseconds: number;
  /** How many cores the server kept busy. */
  cores: number;
  p50: number;
  p99: number;
  rssMebibytes: number;
};

/** All rounds of one entrant, in order. */
export type Series = { name: string; samples: Sample[] };

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

async function sample({ name, server, load }: Entrant, plan: StageOptions): Promise<Sample> {
  const { connections, seconds, signal, usage } = plan;
  const before = usage.read(server.pid);
  const result = await load({ port: server.port, connections, seconds, signal });
  signal.throwIfAborted();
  server.check();
  const after = usage.read(server.pid);
  const faults = result.operations > 0 ? result.faults : ['not one request was answered rightly', ...result.faults];
  if (faults.length > 0) throw new Error(`${name}: ${faults.join(', ')}`);
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds;
  return {
    perCpuSecond: result.operations / cpuSeconds,
    perSecond: result.operations / result.seconds,
    cpuSeconds,
    cpuMicroseconds: (cpuSeconds / result.operations) * 1e6,
    cores: cpuSeconds / result.seconds,
    ...result.latency,
    rssMebibytes: after.rssMebibytes,
  };
}

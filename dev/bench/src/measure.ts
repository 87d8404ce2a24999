import type { BenchCase } from './bench-case.ts';
import { type ServerProcess, startServer } from './processes/server-process.ts';
import type { UsageReader } from './system/usage.ts';

/** One round of one contestant. */
export type Sample = {
  perSecond: number;
  cpuSeconds: number;
  cpuMicroseconds: number;
  p50: number;
  p99: number;
  rssMebibytes: number;
};

/** All rounds of one contestant, in order. */
export type Series = { name: string; samples: Sample[] };

/** How long and how hard to measure, with what, and whom to tell how far it is. */
export type Plan = {
  rounds: number;
  seconds: number;
  connections: number;
  usage: UsageReader;
  signal: AbortSignal;
  progress: (text: string) => void;
};

/**
 * Starts all contestants, warms them up and lets them take turns; their servers are gone when this returns or throws.
 * Only one works at a time. All rest between their turns, so that a disturbance of the machine hits all alike.
 * @throws when a contestant does not start, ends by itself or has a fault, and when the signal is aborted
 */
export async function measure(bench: BenchCase, plan: Plan): Promise<Series[]> {
  const servers: ServerProcess[] = [];
  try {
    for (const contestant of bench.contestants) {
      plan.progress(`starting ${contestant.name}`);
      servers.push(await startServer(contestant, plan.signal));
    }
    for (const server of servers) {
      plan.progress(`warming up ${server.name}`);
      await sample(bench, server, plan);
    }
    const series = servers.map(({ name }): Series => ({ name, samples: [] }));
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const index of turns(servers.length, round)) {
        const server = servers[index] as ServerProcess;
        plan.progress(`round ${round + 1} of ${plan.rounds}: ${server.name}`);
        series[index]?.samples.push(await sample(bench, server, plan));
      }
    }
    return series;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** The order of a round: each begins one further, so that nobody always comes after the same rest. */
export function turns(contestants: number, round: number): number[] {
  return Array.from({ length: contestants }, (_, turn) => (turn + round) % contestants);
}

async function sample(bench: BenchCase, server: ServerProcess, plan: Plan): Promise<Sample> {
  const { connections, seconds, signal, usage } = plan;
  const before = usage.read(server.pid);
  const result = await bench.load({ port: server.port, connections, seconds, signal });
  signal.throwIfAborted();
  server.check();
  const after = usage.read(server.pid);
  const faults = result.operations > 0 ? result.faults : [`not one ${bench.operation} was answered`, ...result.faults];
  if (faults.length > 0) throw new Error(`${server.name}: ${faults.join(', ')}`);
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds;
  return {
    perSecond: result.operations / result.seconds,
    cpuSeconds,
    cpuMicroseconds: (cpuSeconds / result.operations) * 1e6,
    ...result.latency,
    rssMebibytes: after.rssMebibytes,
  };
}

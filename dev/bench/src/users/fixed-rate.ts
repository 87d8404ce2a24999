import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Latency, Section } from '../bench-case.ts';
import type { PreparedExchange, Source } from '../http/exchange.ts';
import { openLoop } from '../http/open-loop.ts';
import { latencyOf, recordTime } from '../http/outcome.ts';
import { turns } from '../measure.ts';
import type { Stage } from '../stage.ts';
import { figure } from '../statistics.ts';
import { alignColumns } from '../table.ts';
import { contenders, openArena, type RunningContender } from './contenders.ts';
import { operationsOn, sourceOf } from './operations.ts';

/** What a section is about: so many requests a second, whatever the answers do. */
export type FixedRate = { name: string; rows: number; rate: number };

/** In which order operations are asked for, over and over. */
const mix = ['get', 'list', 'get', 'create', 'patch'] as const;
type OperationName = (typeof mix)[number];
const names: readonly OperationName[] = [...new Set(mix)];

/** What came of all turns of one contestant. */
export type Latencies = { name: string; of: Record<OperationName, Latency> };

/** Turns are longer than elsewhere by so much: a p99 takes many requests. */
const turnLength = 2;

type Histograms = Record<OperationName, RecordableHistogram>;

/** Latencies of all operations together, at a rate that everybody keeps up with. */
export function fixedRate({ name, rows, rate }: FixedRate): Section {
  return {
    name,
    question: `Milliseconds from when a request is due, ${rate} a second: ${mix.join(', ')} and so on`,
    estimateSeconds: ({ rounds, seconds }) => contenders.length * ((rounds + 1) * turnLength * seconds + 2),
    async run(stage) {
      const { database, running, notes } = await openArena(stage, rows);
      const histograms = running.map(() => freshHistograms());
      const sources = running.map(({ server }) => mixedSource(rows, server.port));
      for (let round = -1; round < stage.rounds; round += 1) {
        for (const index of turns(running.length, round + 1)) {
          const contender = running[index] as RunningContender;
          stage.progress(round < 0 ? `warming up ${contender.name}` : `round ${round + 1}: ${contender.name}`);
          await database.restore(contender.table);
          const into = (round < 0 ? freshHistograms() : histograms[index]) as Histograms;
          await drive(stage, contender, { rate, source: sources[index] as Source, into });
        }
      }
      const latencies = running.map(({ name }, index) => ({ name, of: condense(histograms[index] as Histograms) }));
      return [...notes, ...reportLatencies(latencies)];
    },
  };
}

/** The latencies as a table, a line for each contestant. */
export function reportLatencies(latencies: readonly Latencies[]): string[] {
  const titles = names.flatMap((name) => [`${name} p50`, 'p99']);
  const rows = latencies.map(({ name, of }) => [
    `  ${name}`,
    ...names.flatMap((operation) => [figure(of[operation].p50), figure(of[operation].p99)]),
  ]);
  return alignColumns([['milliseconds:', ...titles], ...rows]);
}

type Drive = { rate: number; source: Source; into: Histograms };

async function drive(stage: Stage, { name, server }: RunningContender, { rate, source, into }: Drive): Promise<void> {
  const target = {
    port: server.port,
    connections: stage.connections,
    seconds: turnLength * stage.seconds,
    signal: stage.signal,
  };
  const answered = (milliseconds: number, exchange: PreparedExchange) =>
    recordTime(into[operationOf(exchange)], milliseconds);
  const faults = await openLoop(target, { rate, source, answered });
  stage.signal.throwIfAborted();
  server.check();
  if (faults.length > 0) throw new Error(`${name}: ${faults.join(', ')}`);
}

function mixedSource(rows: number, port: number): Source {
  const operations = operationsOn(rows);
  const sources = Object.fromEntries(names.map((name) => [name, sourceOf(operations[name], port)]));
  let sent = 0;
  return () => (sources[mix[sent++ % mix.length] as OperationName] as Source)();
}

function operationOf({ method = 'GET', path }: PreparedExchange): OperationName {
  if (method === 'GET') return path.startsWith('/users?') ? 'list' : 'get';
  return method === 'POST' ? 'create' : 'patch';
}

function freshHistograms(): Histograms {
  return Object.fromEntries(names.map((name) => [name, createHistogram()])) as Histograms;
}

function condense(histograms: Histograms): Latencies['of'] {
  return Object.fromEntries(names.map((name) => [name, latencyOf(histograms[name])])) as Latencies['of'];
}

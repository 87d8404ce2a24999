import type { GroupSource } from '../src/group-source.ts';
import { type MemoryGroup, memorySource } from '../src/memory/memory-source.ts';
import { SourceFailure } from '../src/source-failure.ts';
import { aborted } from './scripted-source.ts';

/** Subscriptions whose reading fails, or never ends. */
export type Faults = Map<string, SourceFailure | 'hangs'>;

interface FaultySource extends GroupSource {
  /** The subscriptions of each reading. */
  calls: (readonly string[])[];
  /** How many readings are under way now, and were at most. */
  open: number;
  mostOpen: number;
}

interface FaultyOptions {
  groups: ReadonlyMap<string, readonly MemoryGroup[]>;
  faults: Faults;
  /** How many subscriptions a reading may cover. */
  perReading?: number;
  allowanceLeft?: number;
}

/** Groups in memory, behind a source that fails as it is told to, for the subscriptions that it is told of. */
export function faultySource({ groups, faults, perReading = 1, allowanceLeft }: FaultyOptions): FaultySource {
  const memory = memorySource(groups);
  const source: FaultySource = {
    ...memory,
    subscriptionsPerReading: perReading,
    calls: [],
    open: 0,
    mostOpen: 0,
    async list(ids, signal) {
      source.calls.push(ids);
      source.open += 1;
      source.mostOpen = Math.max(source.mostOpen, source.open);
      try {
        if (ids.some((id) => faults.get(id) === 'hangs')) await aborted(signal);
        const { subscriptions } = await memory.list(ids, signal);
        const told = new Map([...subscriptions].map(([id, found]) => [id, faultOf(faults, id) ?? found]));
        const [failure] = [...told.values()].filter((each) => each instanceof SourceFailure);
        if (failure && told.size === 1) throw failure;
        return { subscriptions: told, ...(allowanceLeft !== undefined && { allowanceLeft }) };
      } finally {
        source.open -= 1;
      }
    },
  };
  return source;
}

function faultOf(faults: Faults, id: string): SourceFailure | undefined {
  const fault = faults.get(id);
  return fault === 'hangs' ? undefined : fault;
}

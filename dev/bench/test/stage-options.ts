import type { StageOptions } from '../src/stage.ts';

/** Two rounds, with a clock that stands still. */
export function stageOptions(changes: Partial<StageOptions> = {}): StageOptions {
  const usage = { read: () => ({ cpuSeconds: 1, rssMebibytes: 64 }), resolutionSeconds: 0.01 };
  const { signal } = new AbortController();
  return { rounds: 2, seconds: 1, connections: 1, usage, signal, progress: () => {}, ...changes };
}

/** Books on processes in which every look finds half a second more of CPU. */
export function tickingUsage(): StageOptions['usage'] {
  let cpuSeconds = 0;
  const read = () => {
    cpuSeconds += 0.5;
    return { cpuSeconds, rssMebibytes: 64 };
  };
  return { read, resolutionSeconds: 0.01 };
}

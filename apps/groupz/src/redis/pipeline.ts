import type { ChainableCommander } from 'ioredis';

type Result = [error: Error | null, value: unknown];

/** What became of each command. One that never left has failed like one that was refused. */
export async function resultsOf(pipeline: ChainableCommander): Promise<readonly Result[]> {
  const commands = pipeline.length;
  try {
    return (await pipeline.exec()) ?? [];
  } catch (error) {
    return Array.from({ length: commands }, () => [error as Error, undefined]);
  }
}

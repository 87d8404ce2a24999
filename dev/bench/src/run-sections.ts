import type { Section } from './bench-case.ts';
import { openStage, type StageOptions } from './stage.ts';

/**
 * Runs sections one after the other, each on a stage of its own, and prints each outcome as soon as it is there.
 * @throws what the first failing section throws; its servers are gone then, and the others are not begun
 */
export async function runSections(
  sections: readonly Section[],
  options: StageOptions,
  print: (line: string) => void,
): Promise<void> {
  const seconds = sections.reduce((sum, section) => sum + section.estimateSeconds(options), 0);
  print(`About ${duration(seconds)}.`);
  for (const [index, section] of sections.entries()) {
    options.progress(`section ${section.name}, ${index + 1} of ${sections.length}`);
    await using stage = openStage(options);
    const lines = await section.run(stage);
    print('');
    print(`${section.name}: ${section.question}`);
    for (const line of lines) print(line);
  }
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

import { helpText, listNames, parseCommand, type Request, UsageError } from './arguments.ts';
import { caseList } from './case-list.ts';
import { runSections } from './run-sections.ts';
import { describeMachine } from './system/machine.ts';
import { usageReader } from './system/usage.ts';

const exitCodes = { failed: 1, usage: 2, interrupted: 130 };

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort());

try {
  const request = parseCommand(process.argv.slice(2), caseList);
  if (request.kind === 'help') console.log(helpText(caseList));
  else if (request.kind === 'list') console.log(`Cases for pnpm bench <case>:\n${listNames(caseList)}`);
  else await run(request);
} catch (error) {
  process.exitCode = explain(error);
}

async function run({ bench, sections, options }: Extract<Request, { kind: 'run' }>): Promise<void> {
  const usage = usageReader(process.platform);
  const { rounds, seconds, connections } = options;
  console.log(bench.question);
  console.log(`${rounds} rounds of ${seconds} s, ${connections} connections`);
  for (const line of describeMachine()) console.log(line);
  const progress = (text: string) => process.stderr.write(`  ${text}\n`);
  const databaseUrl = process.env['BENCH_DATABASE_URL'];
  const stage = { ...options, usage, signal: interruption.signal, progress, databaseUrl };
  for (const line of (await bench.prepare?.(stage)) ?? []) console.log(line);
  await runSections(sections, stage, (line) => console.log(line));
}

function explain(error: unknown): number {
  if (interruption.signal.aborted) {
    console.error('Interrupted: nothing was concluded.');
    return exitCodes.interrupted;
  }
  console.error(error instanceof Error ? error.message : error);
  return error instanceof UsageError ? exitCodes.usage : exitCodes.failed;
}

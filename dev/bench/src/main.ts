import { helpText, listCases, parseCommand, type Request, UsageError } from './arguments.ts';
import { caseList } from './case-list.ts';
import { conclude } from './conclusion.ts';
import { measure } from './measure.ts';
import { reportTable } from './report.ts';
import { describeMachine } from './system/machine.ts';
import { usageReader } from './system/usage.ts';

const exitCodes = { failed: 1, usage: 2, interrupted: 130 };

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort());

try {
  const request = parseCommand(process.argv.slice(2), caseList);
  if (request.kind === 'help') console.log(helpText(caseList));
  else if (request.kind === 'list') console.log(`Cases for pnpm bench <case>:\n${listCases(caseList)}`);
  else await run(request);
} catch (error) {
  process.exitCode = explain(error);
}

async function run({ bench, options }: Extract<Request, { kind: 'run' }>): Promise<void> {
  const usage = usageReader(process.platform);
  const { rounds, seconds, connections } = options;
  console.log(bench.question);
  console.log(`${rounds} rounds of ${seconds} s, ${connections} connections`);
  for (const line of describeMachine()) console.log(line);
  const progress = (text: string) => process.stderr.write(`  ${text}\n`);
  const series = await measure(bench, { ...options, usage, signal: interruption.signal, progress });
  console.log();
  for (const line of reportTable(series, bench.operation)) console.log(line);
  console.log(conclude(series, { ...bench, ...usage }));
}

function explain(error: unknown): number {
  if (interruption.signal.aborted) {
    console.error('Interrupted: nothing was concluded.');
    return exitCodes.interrupted;
  }
  console.error(error instanceof Error ? error.message : error);
  return error instanceof UsageError ? exitCodes.usage : exitCodes.failed;
}

import { parseArgs } from 'node:util';
import type { BenchCase } from './bench-case.ts';

/** How long and how hard to measure. */
export type Options = { rounds: number; seconds: number; connections: number };

/** What the command line asks for. */
export type Request = { kind: 'help' } | { kind: 'list' } | { kind: 'run'; bench: BenchCase; options: Options };

/** A command line that makes no sense; the message says what would. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const defaults: Options = { rounds: 5, seconds: 4, connections: 50 };
const limits: Options = { rounds: 1000, seconds: 3600, connections: 10_000 };

/**
 * Understands a command line.
 * @throws UsageError when it names no known case, an unknown option or a value out of bounds
 */
export function parseCommand(argv: readonly string[], cases: readonly BenchCase[]): Request {
  const { values, positionals } = readOptions(argv);
  if (values.help) return { kind: 'help' };
  const [name, ...rest] = positionals;
  if (name === undefined) return { kind: 'list' };
  if (rest.length > 0) throw new UsageError(`One case at a time, please: ${positionals.join(', ')}`);
  const bench = cases.find((one) => one.name === name);
  if (!bench) throw new UsageError(`There is no case "${name}". There are:\n${listCases(cases)}`);
  const options = {
    rounds: wholeNumber('rounds', values.rounds),
    seconds: wholeNumber('seconds', values.seconds),
    connections: wholeNumber('connections', values.connections),
  };
  return { kind: 'run', bench, options };
}

/** One line for each case. */
export function listCases(cases: readonly BenchCase[]): string {
  const width = Math.max(...cases.map(({ name }) => name.length));
  return cases.map(({ name, question }) => `  ${name.padEnd(width)}  ${question}`).join('\n');
}

/** What `--help` prints. */
export function helpText(cases: readonly BenchCase[]): string {
  return `Usage: pnpm bench <case> [options]

Cases:
${listCases(cases)}

Options:
  --rounds N       how often each contestant has its turn (default ${defaults.rounds})
  --seconds N      how long a turn takes (default ${defaults.seconds})
  --connections N  how many connections the client holds (default ${defaults.connections})
  --help           this text`;
}

function readOptions(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { rounds: text, seconds: text, connections: text, help: { type: 'boolean', short: 'h' } } as const;
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function wholeNumber(name: keyof Options, text: string | undefined): number {
  if (text === undefined) return defaults[name];
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= limits[name]) return value;
  throw new UsageError(`--${name} takes a whole number from 1 to ${limits[name]}, not "${text}"`);
}

import { parseArgs } from 'node:util';
import type { BenchCase, Options, Section } from './bench-case.ts';

/** What the command line asks for. */
export type Request =
  | { kind: 'help' }
  | { kind: 'list' }
  | { kind: 'run'; bench: BenchCase; sections: readonly Section[]; options: Options };

/** A command line that makes no sense; the message says what would. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const limits: Options = { rounds: 1000, seconds: 3600, connections: 10_000 };

/**
 * Understands a command line.
 * @throws UsageError when it names no known case or section, an unknown option or a value out of bounds
 */
export function parseCommand(argv: readonly string[], cases: readonly BenchCase[]): Request {
  const { values, positionals } = readOptions(argv);
  if (values.help) return { kind: 'help' };
  const [name, ...rest] = positionals;
  if (name === undefined) return { kind: 'list' };
  if (rest.length > 0) throw new UsageError(`One case at a time, please: ${positionals.join(', ')}`);
  const bench = cases.find((one) => one.name === name);
  if (!bench) throw new UsageError(`There is no case "${name}". There are:\n${listNames(cases)}`);
  const options = {
    rounds: wholeNumber('rounds', values.rounds) ?? bench.defaults.rounds,
    seconds: wholeNumber('seconds', values.seconds) ?? bench.defaults.seconds,
    connections: wholeNumber('connections', values.connections) ?? bench.defaults.connections,
  };
  return { kind: 'run', bench, sections: pickSections(bench, values.section), options };
}

/** One line for each case or section. */
export function listNames(named: readonly { name: string; question: string }[]): string {
  const width = Math.max(...named.map(({ name }) => name.length));
  return named.map(({ name, question }) => `  ${name.padEnd(width)}  ${question}`).join('\n');
}

/** What `--help` prints. */
export function helpText(cases: readonly BenchCase[]): string {
  const several = cases.filter(({ sections }) => sections.length > 1);
  const blocks = several.map(({ name, sections }) => `Sections of ${name}:\n${listNames(sections)}\n\n`);
  return `Usage: pnpm bench <case> [options]

Cases:
${listNames(cases)}

${blocks.join('')}Options:
  --section NAME   runs this section only; may be given several times
  --rounds N       how often each contestant has its turn (${defaultsOf(cases, 'rounds')})
  --seconds N      how long a turn takes (${defaultsOf(cases, 'seconds')})
  --connections N  how many connections the client holds (${defaultsOf(cases, 'connections')})
  --help           this text`;
}

function defaultsOf(cases: readonly BenchCase[], key: keyof Options): string {
  return cases.map(({ name, defaults }) => `${name}: ${defaults[key]}`).join(', ');
}

function pickSections({ name, sections }: BenchCase, wanted: readonly string[] | undefined): readonly Section[] {
  const unknown = wanted?.find((one) => !sections.some((section) => section.name === one));
  if (unknown !== undefined) {
    throw new UsageError(`${name} has no section "${unknown}". It has:\n${listNames(sections)}`);
  }
  return wanted === undefined ? sections : sections.filter((section) => wanted.includes(section.name));
}

function readOptions(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const section = { type: 'string', multiple: true } as const;
  const help = { type: 'boolean', short: 'h' } as const;
  const options = { rounds: text, seconds: text, connections: text, section, help } as const;
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function wholeNumber(name: keyof Options, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= limits[name]) return value;
  throw new UsageError(`--${name} takes a whole number from 1 to ${limits[name]}, not "${text}"`);
}

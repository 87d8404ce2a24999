import { expect, it } from 'vitest';
import { helpText, parseCommand, UsageError } from '../src/arguments.ts';
import { tinyCase } from './fixture/tiny-case.ts';

const parse = (line: string) => parseCommand(line.split(' ').filter(Boolean), [tinyCase]);

it('runs a case with the defaults', () => {
  expect(parse('tiny')).toEqual({
    kind: 'run',
    bench: tinyCase,
    options: { rounds: 5, seconds: 4, connections: 50 },
  });
});

it('takes options on both sides of the name', () => {
  const options = { rounds: 7, seconds: 1, connections: 200 };
  expect(parse('--rounds 7 tiny --seconds=1 --connections 200')).toMatchObject({ kind: 'run', options });
});

it('lists the cases when none is named', () => {
  expect(parse('')).toEqual({ kind: 'list' });
});

it.for(['--help', '-h', 'tiny --help'])('helps on %s', (line) => {
  expect(parse(line)).toEqual({ kind: 'help' });
});

it('names every case and option in the help', () => {
  const help = helpText([tinyCase]);
  for (const part of ['tiny  Is it there?', '--rounds', '--seconds', '--connections']) expect(help).toContain(part);
});

it.for([
  ['tyni', 'There is no case "tyni". There are:\n  tiny  Is it there?'],
  ['tiny tiny', 'One case at a time'],
  ['tiny --rounds 0', '--rounds takes a whole number from 1 to 1000, not "0"'],
  ['tiny --rounds=-1', 'not "-1"'],
  ['tiny --seconds 1.5', 'not "1.5"'],
  ['tiny --seconds 1e2', 'not "1e2"'],
  ['tiny --connections 10001', 'from 1 to 10000'],
  ['tiny --connections', 'argument missing'],
  ['tiny --round 3', "Unknown option '--round'"],
] as const)('refuses: %s', ([line, message]) => {
  expect(() => parse(line)).toThrow(UsageError);
  expect(() => parse(line)).toThrow(message);
});

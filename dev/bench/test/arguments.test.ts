import { expect, it } from 'vitest';
import { helpText, parseCommand, UsageError } from '../src/arguments.ts';
import { tinyCase } from './fixture/tiny-case.ts';

const parse = (line: string) => parseCommand(line.split(' ').filter(Boolean), [tinyCase]);

it('runs a case with the defaults', () => {
  expect(parse('tiny')).toEqual({
    kind: 'run',
    bench: tinyCase,
    sections: tinyCase.sections,
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

it('runs the sections that are named, in the order of the case', () => {
  const [first, second] = tinyCase.sections;
  expect(parse('tiny --section second')).toMatchObject({ sections: [second] });
  expect(parse('tiny --section second --section=first')).toMatchObject({ sections: [first, second] });
});

it('names every case, section and option in the help', () => {
  const help = helpText([tinyCase]);
  const options = ['--rounds', '--seconds', '--connections', '--section', '(tiny: 50)'];
  const parts = ['tiny  Is it there?', 'Sections of tiny:', 'second  Is the second there?', ...options];
  for (const part of parts) expect(help).toContain(part);
});

it.for([
  ['tyni', 'There is no case "tyni". There are:\n  tiny  Is it there?'],
  ['tiny tiny', 'One case at a time'],
  ['tiny --section third', 'tiny has no section "third". It has:\n  first   Is the first there?'],
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

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everything } from '../src/checks.ts';
import { judgeOf } from '../src/policy/evaluate.ts';
import { type Rule, readRules } from '../src/policy/rule.ts';
import { samplesOf } from '../src/policy/samples.ts';
import { repository } from './rendered.ts';

const rules = readRules(repository);
const samples = rules.flatMap((rule) => samplesOf(repository, rule).map((sample) => ({ rule, ...sample })));
const titleOf = ({ rule, name }: { rule: Rule; name: string }) => `${rule.name} ${name}`;

describe('a sample', () => {
  it.for(samples.map((sample) => [titleOf(sample), sample] as const))('%s', ([, { rule, isAllowed, object }]) => {
    const faulty = judgeOf(rule)(object);
    expect(faulty && faulty.length === 0).toBe(isAllowed);
  });

  it.for(samples.filter(({ isAllowed }) => isAllowed).map((sample) => [titleOf(sample), sample.object] as const))(
    'that one rule allows, all allow: %s',
    ([, object]) => {
      const faulty = rules.flatMap((rule) => judgeOf(rule)(object) ?? []);
      expect(faulty).toEqual([]);
    },
  );
});

it('a refused sample breaks its own rule, and another one only where privileges imply each other', () => {
  const others = samples
    .filter(({ isAllowed }) => !isAllowed)
    .flatMap(({ rule, name, object }) =>
      rules
        .filter((each) => each.name !== rule.name && judgeOf(each)(object)?.length)
        .map((each) => `${rule.name} ${name}: ${each.name}`),
    );
  expect(others).toEqual(
    ['a-container', 'an-init-container'].map((name) => `no-privileged refused-${name}: no-privilege-escalation`),
  );
});

it('every rule says what it refuses, and refuses more than one thing where there is more than one way', () => {
  for (const { refused } of rules) expect(Object.keys(refused).length).toBeGreaterThan(0);
});

it('what is written from the rules is as they say', () => {
  const command = [join(repository, 'deploy/test/src/generate.ts'), '--check'];
  expect(execFileSync(process.execPath, command, { encoding: 'utf8' })).toBe('');
});

it('a rule that is broken is named', () => {
  const rule = rules.find(({ name }) => name === 'no-privileged') as Rule;
  const [, refused] = samplesOf(repository, rule);
  const object = { ...refused?.object, metadata: { name: 'allowed', namespace: 'seaworthy' } } as never;
  const found = everything([{ root: 'root', file: 'file.yaml', object }]).map((finding) => finding.rule);
  expect(found).toContain('policy/no-privileged');
});

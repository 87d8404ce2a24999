import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { type Target, targets } from './targets.ts';

const Patch = Type.Record(Type.String(), Type.Unknown());

const RuleFile = Type.Object(
  {
    message: Type.String({ minLength: 10, description: 'What a person reads, before the names of what is faulty.' }),
    azure: Type.Optional(
      Type.String({ description: 'Ids of the built-in definitions of Azure Policy that ask the same.' }),
    ),
    for: Type.String({ description: 'A name of targets.ts.' }),
    variables: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'In CEL, for `faulty`.' })),
    faulty: Type.String({ description: 'In CEL: the names of what breaks the rule; none where it is kept.' }),
    refused: Type.Record(Type.String(), Patch, { description: 'Samples: what to change in one that is allowed.' }),
  },
  { additionalProperties: false },
);

/** A rule as it is written, once: `deploy/policy/rules/<name>.yaml`. */
export interface Rule extends Static<typeof RuleFile> {
  name: string;
  target: Target;
}

export const policyFolder = 'deploy/policy';

/** The rules. Throws where a file is none. */
export function readRules(repository: string): Rule[] {
  return globSync(`${policyFolder}/rules/*.yaml`, { cwd: repository })
    .sort()
    .map((path) => {
      const name = basename(path, '.yaml');
      const file: unknown = parse(readFileSync(join(repository, path), 'utf8'));
      const [mistake] = Value.Errors(RuleFile, file);
      if (mistake || !Value.Check(RuleFile, file))
        throw new Error(`${path} ${mistake?.instancePath}: ${mistake?.message}`);
      const target = targets[file.for];
      if (!target) throw new Error(`${path} /for: must be one of ${Object.keys(targets).join(', ')}`);
      return { ...file, name, target };
    });
}

/** What the rule computes, in the order in which one builds on the other. */
export function variablesOf({ target, variables = {}, faulty }: Rule): { name: string; expression: string }[] {
  const all = { ...target.variables, ...variables, faulty: target.faulty(faulty) };
  return Object.entries(all).map(([name, expression]) => ({ name, expression: expression.trim() }));
}

/** The rule's one validation: nothing is faulty, or it says what. */
export function validationOf({ message }: Rule) {
  return {
    expression: 'size(variables.faulty) == 0',
    message,
    messageExpression: `${JSON.stringify(`${message}: `)} + variables.faulty.join(', ')`,
  };
}

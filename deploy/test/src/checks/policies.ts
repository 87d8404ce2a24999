import { join } from 'node:path';
import { type Check, fault } from '../manifest.ts';
import { judgeOf } from '../policy/evaluate.ts';
import { readRules } from '../policy/rule.ts';

const judges = readRules(join(import.meta.dirname, '../../../..')).map((rule) => ({ rule, judge: judgeOf(rule) }));

/** What we render keeps our own policies. */
export const policies: Check = (rendered) =>
  rendered.flatMap((each) =>
    judges.flatMap(({ rule, judge }) =>
      (judge(each.object) ?? []).map((field) => fault(each, field, { rule: `policy/${rule.name}`, why: rule.message })),
    ),
  );

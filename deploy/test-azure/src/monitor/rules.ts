import { parse } from 'yaml';
import { type Files, matching } from '../files.ts';
import type { Finding } from '../finding.ts';
import { knownMetrics, mistakesIn } from './known-metrics.ts';
import { type Group, type Rule, readGroups } from './rule-file.ts';

const mostRulesOfAGroup = 20; // Azure's

/** Every rule asks for what is there, tells a person what to do, and is shown to fire and to keep quiet. */
export function rules(files: Files): Finding[] {
  const groups = readGroups(files);
  const known = knownMetrics(groups.flatMap((group) => group.rules.flatMap(({ record }) => record ?? [])));
  return groups.flatMap((group) => {
    const say = (rule: Rule, why: string): Finding => ({
      file: group.file,
      rule: 'alerts',
      why: `${rule.alert ?? rule.record} ${why}`,
    });
    const { quiet, fired } = casesOf(files, group);
    return [
      ...(group.rules.length > mostRulesOfAGroup
        ? [{ file: group.file, rule: 'alerts', why: 'has more than 20 rules' }]
        : []),
      ...group.rules.flatMap((rule) => mistakesIn(rule.expr, known).map((why) => say(rule, why))),
      ...group.rules.flatMap((rule) => (rule.alert ? mute(rule).map((why) => say(rule, why)) : [])),
      ...group.rules.flatMap((rule) => (rule.alert ? untried(rule, fired, quiet).map((why) => say(rule, why)) : [])),
    ];
  });
}

/** What a person who is woken up would miss. */
function mute({ labels, annotations }: Rule): string[] {
  return [
    ...(/^(?:critical|warning|info)$/.test(labels?.['severity'] ?? '') ? [] : ['has no severity']),
    ...(annotations?.['summary'] ? [] : ['has no summary']),
    ...(annotations?.['runbook'] ? [] : ['has no line of a runbook']),
  ];
}

function untried({ alert = '', annotations }: Rule, fired: ReadonlyMap<string, string>, quiet: boolean): string[] {
  const labels = fired.get(alert);
  if (labels === undefined) return ['is in no case that fires it'];
  const used = [...(annotations?.['summary'] ?? '').matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label);
  const empty = used.filter((label) => !new RegExp(`[{,]${label}=`).test(labels));
  return [
    ...(quiet ? [] : ['has no case in which it keeps quiet']),
    ...empty.map((label) => `writes {{ $labels.${label} }}, which it has not when it fires`),
  ];
}

/** The alerts that the cases of a group expect, with their labels; and whether one expects none. */
function casesOf(files: Files, { file }: Group): { fired: Map<string, string>; quiet: boolean } {
  const [[, text] = ['', '']] = matching(
    files,
    new RegExp(`^${file.replace('/rules/', '/cases/').replaceAll('.', '\\.')}$`),
  );
  const tests: { promql_expr_test: { expr: string; exp_samples: { labels: string }[] }[] }[] = parse(text)?.tests ?? [];
  const asked = tests.flatMap((test) => test.promql_expr_test);
  const samples = asked.flatMap(({ exp_samples }) => exp_samples.map(({ labels }) => labels));
  return {
    fired: new Map(samples.map((labels) => [/alertname="(\w+)"/.exec(labels)?.[1] ?? '', labels])),
    quiet: asked.some(
      ({ expr, exp_samples }) => /ALERTS\{alertstate="firing"\}/.test(expr) && exp_samples.length === 0,
    ),
  };
}

import type { Group, Rule } from './rule-file.ts';

/** Azure's severities run from 0, critical, to 4, verbose. 0 is left for people to raise something to. */
const severities: Readonly<Record<string, number>> = { critical: 1, warning: 2, info: 3 };

/** The groups as `Microsoft.AlertsManagement/prometheusRuleGroups` takes them; scopes and actions are the template's. */
export function ruleGroups(groups: readonly Group[]) {
  return groups.map(({ name, interval, rules }) => ({
    name,
    interval: isoDuration(interval),
    rules: rules.map(convert),
  }));
}

/** The text of deploy/monitor/rule-groups.json. */
export function ruleGroupsFile(groups: readonly Group[]): string {
  return `${JSON.stringify(ruleGroups(groups), undefined, 2)}\n`;
}

function convert({ alert, record, expr, labels, annotations, ...rule }: Rule) {
  if (record !== undefined) return { record, expression: expr, ...(labels && { labels }) };
  const severity = severities[labels?.['severity'] ?? ''];
  if (severity === undefined) throw new Error(`${alert} has no severity of ${Object.keys(severities).join(', ')}`);
  return {
    alert,
    expression: expr,
    for: isoDuration(rule.for ?? '0m'),
    severity,
    labels,
    annotations,
    // Azure closes an alert by itself this long after its last failure.
    resolveConfiguration: { autoResolved: true, timeToResolve: 'PT10M' },
  };
}

/** `1h30m` as ISO 8601 has it: `PT1H30M`. Days become hours, as Azure knows them. */
export function isoDuration(duration: string): string {
  const [, days, hours, minutes, seconds] = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration) ?? [];
  const allHours = Number(days ?? 0) * 24 + Number(hours ?? 0);
  const parts = [allHours > 0 && `${allHours}H`, minutes && `${minutes}M`, seconds && `${seconds}S`];
  if (!duration || !parts.some(Boolean))
    throw new Error(`${duration} is no duration of days, hours, minutes and seconds`);
  return `PT${parts.filter(Boolean).join('')}`;
}

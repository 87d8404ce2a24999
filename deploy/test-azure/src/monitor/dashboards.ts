import { type Files, matching } from '../files.ts';
import type { Finding } from '../finding.ts';
import { knownMetrics, mistakesIn } from './known-metrics.ts';
import { readGroups } from './rule-file.ts';

interface Panel {
  id: number;
  title: string;
  datasource: { uid: string };
  targets: { expr: string; legendFormat: string }[];
}

/** Every panel asks for what is exported, of the data source that the reader picks. */
export function dashboards(files: Files): Finding[] {
  const recorded = readGroups(files).flatMap((group) => group.rules.flatMap(({ record }) => record ?? []));
  const known = knownMetrics(recorded);
  return matching(files, /^deploy\/monitor\/dashboards\/.*\.json$/).flatMap(([file, text]) => {
    const { uid, panels } = JSON.parse(text) as { uid: string; panels: Panel[] };
    const say = (why: string): Finding => ({ file, rule: 'dashboards', why });
    const ids = panels.map(({ id }) => id);
    return [
      ...(uid.length > 40 ? [say('has a uid of more than 40 characters')] : []),
      ...(new Set(ids).size < ids.length ? [say('has two panels of one id')] : []),
      ...panels.flatMap((panel) => mistakesOf(panel, known).map((why) => say(`${panel.title} ${why}`))),
    ];
  });
}

function mistakesOf({ datasource, targets }: Panel, known: ReturnType<typeof knownMetrics>): string[] {
  return [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
    ...(datasource.uid === '${datasource}' ? [] : ['reads a data source of its own']),
    ...targets.flatMap(({ expr }) => mistakesIn(expr.replaceAll('$__rate_interval', '5m'), known)),
    ...targets.flatMap(({ expr, legendFormat }) =>
      [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, label = '']) =>
        !/\bby \(/.test(expr) || new RegExp(`by \\([^)]*\\b${label}\\b`).test(expr)
          ? []
          : [`shows ${label}, by which it does not group`],
      ),
    ),
  ];
}

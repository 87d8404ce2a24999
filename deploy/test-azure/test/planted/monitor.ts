import type { Planted } from '../planted.ts';

const rules = 'deploy/monitor/rules';
const cases = 'deploy/monitor/cases';
const dashboards = 'deploy/monitor/dashboards';

export const planted: readonly Planted[] = [
  // The recommended rule of the vendor asks for this phase, which no pod ever has.
  [`${rules}/pods.yaml`, 'phase="Failed"', 'phase="failed"', 'alerts'],
  [`${rules}/pods.yaml`, 'reason="OOMKilled"', 'reason="OomKilled"', 'alerts'],
  [`${rules}/pods.yaml`, 'kube_job_failed', 'kube_job_status_fails', 'alerts'],
  [`${rules}/pods.yaml`, 'sum by (namespace, job_name)', 'sum by (namespace, jobname)', 'alerts'],
  [`${rules}/nodes.yaml`, 'condition="Ready"', 'condition="ready"', 'alerts'],
  [`${rules}/nodes.yaml`, '{{ $labels.node }} is not', '{{ $labels.nodename }} is not', 'alerts'],
  [`${rules}/nodes.yaml`, 'severity: critical', 'severity: urgent', 'alerts'],
  [`${rules}/nodes.yaml`, 'runbook:', 'advice:', 'alerts'],
  [`${rules}/nodes.yaml`, 'alert: NodeNotReady', 'alert: NodeAway', 'alerts'],
  [`${rules}/services.yaml`, 'absent(up{job="groupz"})', 'absent(up{job="groups"})', 'alerts'],
  [`${rules}/groupz.yaml`, 'target="arm"', 'target="ARM"', 'alerts'],
  [`${rules}/groupz.yaml`, 'groupz_snapshot_age_seconds', 'groupz_snapshot_age', 'alerts'],
  [`${rules}/realtime.yaml`, 'sum by (le)', 'sum by (bucket)', 'alerts'],
  [`${rules}/realtime.yaml`, 'reason="redis"', 'reason="Redis"', 'alerts'],
  [`${rules}/users.yaml`, 'max(users_changes_oldest_seconds)', 'max(users_changes_oldest_seconds', 'alerts'],
  [`${rules}/objectives.yaml`, 'record: job:messages:rate5m', 'record: job:message:rate5m', 'alerts'],
  [`${rules}/users.yaml`, '> 60', '> 600', 'generated'],
  [`${rules}/users.yaml`, 'for: 5m', 'for: 6m', 'generated'],
  [`${cases}/users.yaml`, 'exp_samples: []', 'exp_samples: [{ labels: x, value: 1 }]', 'alerts'],
  [`${dashboards}/users.json`, 'users_changes_told_total', 'users_changes_told', 'dashboards'],
  [`${dashboards}/realtime.json`, '{{pod}}', '{{node}}', 'dashboards'],
  [`${dashboards}/groupz.json`, '"id": 2', '"id": 1', 'dashboards'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
  [`${dashboards}/groupz.json`, '"uid": "${datasource}"', '"uid": "mine"', 'dashboards'],
];

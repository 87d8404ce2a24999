import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { promtool } from '../src/monitor/promtool.ts';

const repository = join(import.meta.dirname, '../../..');
const copy = mkdtempSync(join(tmpdir(), 'seaworthy-rules-'));
const isHere = !spawnSync('promtool', ['--version']).error;
const broken = [
  ['pods.yaml', 'phase="Failed"', 'phase="failed"'],
  ['nodes.yaml', '"true"} == 0', '"true"} == 1'],
  ['nodes.yaml', 'for: 5m', 'for: 3m'],
  ['pods.yaml', '> 0.9', '> 0.95'],
  ['services.yaml', 'for: 1h', 'for: 20m'],
  ['groupz.yaml', 'min by (subscription) (groupz_snap', 'max by (subscription) (groupz_snap'],
  ['realtime.yaml', '> 16000', '> 15000'],
  ['users.yaml', '|/readyz', ''],
  ['objectives.yaml', 'status=~"5..",route!~"/livez|/readyz', 'status=~"5..",route!~"/livez'],
  ['objectives.yaml', '14.4 * 0.001', '144 * 0.001'],
  ['objectives.yaml', 'or job:requests:rate5m * 0', ''],
  ['objectives.yaml', 'and avg_over_time(job:requests:rate5m[1h]) > 0.05', ''],
] as const;

afterAll(() => rmSync(copy, { recursive: true }));

it.skipIf(!isHere)('what ships fires when it should, and keeps quiet otherwise', () => {
  expect(promtool(repository)).toEqual([]);
});

it.skipIf(!isHere).for(broken)('%s: %s → %s fails a case', ([file, from, to]) => {
  cpSync(join(repository, 'deploy/monitor'), join(copy, 'deploy/monitor'), { recursive: true });
  const path = join(copy, 'deploy/monitor/rules', file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
  expect(promtool(copy)).not.toEqual([]);
});

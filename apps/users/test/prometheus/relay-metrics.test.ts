import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { measureRelay } from '../../src/prometheus/relay-metrics.ts';

it('counts what was told and what failed, and how long the oldest has been waiting', async () => {
  const registry = new Registry();
  const observer = measureRelay(registry, () => Date.parse('2026-11-24T00:01:00Z'));
  observer.told(3);
  observer.failed();
  observer.waiting('2026-11-24T00:00:00Z');
  const text = await registry.metrics();
  expect(text).toContain('users_changes_told_total 3');
  expect(text).toContain('users_changes_failed_total 1');
  expect(text).toContain('users_changes_oldest_seconds 60');
});

it('says 0 where none is waiting, and where clocks differ', async () => {
  const registry = new Registry();
  const observer = measureRelay(registry, () => 0);
  expect(await registry.metrics()).toContain('users_changes_oldest_seconds 0');
  observer.waiting('2026-11-24T00:00:00Z');
  expect(await registry.metrics()).toContain('users_changes_oldest_seconds 0');
});

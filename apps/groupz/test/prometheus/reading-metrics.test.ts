import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import type { InventoryObserver } from '../../src/inventory-observer.ts';
import { measureReadings } from '../../src/prometheus/reading-metrics.ts';
import { groupOf } from '../groups.ts';
import { manualClock } from '../manual-clock.ts';
import { A, B } from '../refresh-options.ts';
import { failure } from '../scripted-source.ts';

const at = '2026-01-01T00:00:00Z';
const good = { subscriptionId: A, asOf: 0, seconds: 1, nextInSeconds: 1, groups: 13 };
const bad = { subscriptionId: A, asOf: 0, seconds: 1, nextInSeconds: 1, failure: failure('throttled') };

function measured() {
  const registry = new Registry();
  const clock = manualClock();
  const observer = measureReadings(registry, clock) as Required<InventoryObserver>;
  return { registry, clock, observer };
}

it('counts readings by subscription and outcome', async () => {
  const { registry, observer } = measured();
  observer.subscriptionRead(good);
  observer.subscriptionRead(bad);
  const text = await registry.metrics();
  expect(text).toContain(`groupz_refresh_total{subscription="${A}",outcome="ok"} 1`);
  expect(text).toContain(`groupz_refresh_total{subscription="${A}",outcome="throttled"} 1`);
  expect(text).toContain('groupz_refresh_duration_seconds_count{outcome="ok"} 1');
});

it('shows groups and the growing age of the last good snapshot', async () => {
  const { registry, clock, observer } = measured();
  await clock.advance(2);
  observer.subscriptionRead(good);
  await clock.advance(60);
  observer.subscriptionRead({ ...bad, asOf: 61_000 });
  const text = await registry.metrics();
  expect(text).toContain(`groupz_resource_groups{subscription="${A}"} 13`);
  expect(text).toContain(`groupz_snapshot_age_seconds{subscription="${A}"} 62`);
});

it('shows no age before the first good reading', async () => {
  const { registry, observer } = measured();
  observer.subscriptionRead(bad);
  expect(await registry.metrics()).not.toContain('groupz_snapshot_age_seconds{');
});

it('shows nothing of a subscription that is gone but how often it was read', async () => {
  const { registry, observer } = measured();
  observer.subscriptionRead(good);
  observer.subscriptionRead({ ...good, subscriptionId: B });
  await registry.metrics();
  observer.subscriptionGone(A);
  const text = await registry.metrics();
  expect(text).not.toMatch(new RegExp(`groupz_(resource_groups|snapshot_age_seconds).*${A}`));
  expect(text).toContain(`groupz_snapshot_age_seconds{subscription="${B}"}`);
});

it('counts looks at which subscriptions there are', async () => {
  const { registry, observer } = measured();
  observer.discovered({ nextInSeconds: 300, subscriptions: 2 });
  observer.discovered({ nextInSeconds: 300, failure: failure('forbidden') });
  const text = await registry.metrics();
  expect(text).toContain('groupz_discovery_total{outcome="ok"} 1');
  expect(text).toContain('groupz_discovery_total{outcome="forbidden"} 1');
});

it('counts changes by type, but not that all groups are new at first', async () => {
  const { registry, observer } = measured();
  const added = { type: 'added', at, group: groupOf('rg-a') } as const;
  observer.groupsChanged([added, added], true);
  observer.groupsChanged([added, { ...added, type: 'removed' }], false);
  const text = await registry.metrics();
  expect(text).toContain('groupz_changes_total{type="added"} 1');
  expect(text).toContain('groupz_changes_total{type="removed"} 1');
});

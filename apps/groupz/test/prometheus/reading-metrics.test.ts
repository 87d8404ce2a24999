import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { measurePasses } from '../../src/prometheus/pass-metrics.ts';
import { manualClock } from '../manual-clock.ts';
import { A } from '../refresh-options.ts';
import { failure } from '../scripted-source.ts';

function measured() {
  const registry = new Registry();
  const clock = manualClock();
  return { registry, clock, observe: measurePasses(registry, clock) };
}

it('counts passes by subscription and outcome', async () => {
  const { registry, observe } = measured();
  observe({ subscriptionId: A, seconds: 1, nextInSeconds: 1, groups: 13 });
  observe({ subscriptionId: A, seconds: 1, nextInSeconds: 1, failure: failure('throttled') });
  const text = await registry.metrics();
  expect(text).toContain(`groupz_refresh_total{subscription="${A}",outcome="ok"} 1`);
  expect(text).toContain(`groupz_refresh_total{subscription="${A}",outcome="throttled"} 1`);
  expect(text).toContain('groupz_refresh_duration_seconds_count{outcome="ok"} 1');
});

it('shows groups and the growing age of the last good snapshot', async () => {
  const { registry, clock, observe } = measured();
  await clock.advance(2);
  observe({ subscriptionId: A, seconds: 2, nextInSeconds: 1, groups: 13 });
  await clock.advance(60);
  observe({ subscriptionId: A, seconds: 1, nextInSeconds: 1, failure: failure('forbidden') });
  const text = await registry.metrics();
  expect(text).toContain(`groupz_resource_groups{subscription="${A}"} 13`);
  expect(text).toContain(`groupz_snapshot_age_seconds{subscription="${A}"} 62`);
});

it('shows no age before the first good pass', async () => {
  const { registry, observe } = measured();
  observe({ subscriptionId: A, seconds: 1, nextInSeconds: 1, failure: failure('forbidden') });
  expect(await registry.metrics()).not.toContain('groupz_snapshot_age_seconds{');
});

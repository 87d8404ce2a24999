import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { measureAzureCalls } from '../../src/prometheus/azure-metrics.ts';
import { manualClock } from '../manual-clock.ts';
import { A } from '../refresh-options.ts';

function measured() {
  const registry = new Registry();
  const clock = manualClock();
  return { registry, clock, calls: measureAzureCalls(registry, clock) };
}

it('counts calls by target and outcome', async () => {
  const { registry, calls } = measured();
  for (const outcome of ['200', '200', '429', 'failed']) calls.call('arm', outcome);
  calls.call('identity', '200');
  const text = await registry.metrics();
  expect(text).toContain('groupz_azure_calls_total{target="arm",outcome="200"} 2');
  expect(text).toContain('groupz_azure_calls_total{target="arm",outcome="429"} 1');
  expect(text).toContain('groupz_azure_calls_total{target="arm",outcome="failed"} 1');
  expect(text).toContain('groupz_azure_calls_total{target="identity",outcome="200"} 1');
});

it('shows the latest of the reads that remain', async () => {
  const { registry, calls } = measured();
  calls.remaining('arm', A, 249);
  calls.remaining('arm', A, 248);
  expect(await registry.metrics()).toContain(`groupz_azure_reads_remaining{target="arm",subscription="${A}"} 248`);
});

it('shows how old the access token is, and for how long it is good', async () => {
  const { registry, clock, calls } = measured();
  const start = clock.date().getTime();
  calls.token(start, start + 3_600_000);
  await clock.advance(4000);
  const text = await registry.metrics();
  expect(text).toContain('groupz_access_token_age_seconds 4000');
  expect(text).toContain('groupz_access_token_remaining_seconds -400');
});

it('shows nothing of a token before the first one', async () => {
  const { registry } = measured();
  expect(await registry.metrics()).not.toMatch(/^groupz_access_token/m);
});

import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { countPublished } from '../../src/prometheus/publish-metrics.ts';

it('counts changes by what became of them', async () => {
  const registry = new Registry();
  const observe = countPublished(registry);
  observe('published', 3);
  observe('published', 1);
  observe('dropped', 2);
  const text = await registry.metrics();
  expect(text).toContain('groupz_changes_published_total{outcome="published"} 4');
  expect(text).toContain('groupz_changes_published_total{outcome="dropped"} 2');
});

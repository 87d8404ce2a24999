import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { SourceFailure } from '../source-failure.ts';

// A subscription has at most 980 groups; a Resource Graph page holds 1000 rows.
const mostPages = 1000;

/** Ends a reading whose pages go round in a circle, or on and on: each page is asked for once. */
export function pageOnce(): PipelinePolicy {
  const asked = new Set<string>();
  return {
    name: 'pageOnce',
    async sendRequest(request, next) {
      const page = `${request.url} ${request.body ?? ''}`;
      if (asked.has(page)) throw new SourceFailure('invalid-answer', 'A page links to one that was read already.');
      if (asked.size === mostPages)
        throw new SourceFailure('invalid-answer', `There are more than ${mostPages} pages.`);
      asked.add(page);
      return next(request);
    },
  };
}

import type { BenchCase } from '../bench-case.ts';
import { armCalls } from '../groupz/arm-calls.ts';
import { compressedList } from '../groupz/compressed-list.ts';
import { filteredList } from '../groupz/filtered-list.ts';
import { notModified } from '../groupz/not-modified.ts';
import { wholeList } from '../groupz/whole-list.ts';

const names = '/groupz';
const list = '/v1/resource-groups?pageSize=500';

/** The resource groups service beside the runtime's limit, the usual frameworks and Go. */
export const groupz: BenchCase = {
  name: 'groupz',
  question: 'What does a list of resource groups cost, from here and from peers that answer the same?',
  defaults: { rounds: 3, seconds: 2, connections: 50 },
  sections: [
    wholeList('names-40', names, 40),
    wholeList('names-1000', names, 1000),
    wholeList('list-40', list, 40),
    wholeList('list-1000', list, 1000),
    notModified('not-modified', list, 1000),
    compressedList('compressed', list, 1000),
    filteredList('filtered', { groups: 10_000, subscriptions: 20 }),
    armCalls('arm-calls'),
  ],
};

import { expect, it } from 'vitest';
import { scimServer } from './scim-server.ts';

interface Operation {
  tags: string[];
  responses: Record<string, { content?: object }>;
  requestBody?: { content: object };
}

const types = ['application/scim+json', 'application/json'];
const everywhere = ['400', '401', '403', '406', '408', '429', '500', '503'];

it('describes each operation of SCIM with its own errors, in its own media types', async () => {
  const operations = await scimOperations();
  expect(operations).toHaveLength(14);
  for (const { tags, responses } of operations) {
    expect(tags).toEqual(['scim']);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(everywhere));
    for (const status of ['200', '201', '401', '404', '409', '412', '503'])
      if (responses[status]) expect(Object.keys(responses[status].content ?? {})).toEqual(types);
    // A path that cannot be decoded belongs to no face.
    expect(Object.keys(responses['400']?.content ?? {})).toEqual([...types, 'application/problem+json']);
  }
});

it('describes bodies in both media types', async () => {
  const bodies = (await scimOperations()).flatMap(({ requestBody }) => requestBody ?? []);
  expect(bodies).toHaveLength(5);
  for (const { content } of bodies)
    expect(Object.keys(content).toSorted()).toEqual(['application/json', 'application/scim+json']);
});

async function scimOperations(): Promise<Operation[]> {
  const { body } = await (await scimServer()).get('/openapi.json');
  const paths = Object.entries<Record<string, Operation>>(body.paths).filter(([path]) => path.startsWith('/scim/v2'));
  return paths.flatMap(([, operations]) => Object.values(operations));
}

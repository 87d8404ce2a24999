import { type Static, Type } from 'typebox';

/** What `GET /groupz` answers: the names of resource groups, sorted without regard to case; `[]` when there are none. */
export const ResourceGroupNames = Type.Array(Type.String({ minLength: 1, maxLength: 90 }), {
  description: 'Names of resource groups, sorted without regard to case.',
  examples: [['rg-aks', 'rg-data']],
});
export type ResourceGroupNames = Static<typeof ResourceGroupNames>;

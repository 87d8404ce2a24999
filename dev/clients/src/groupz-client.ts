import type { ResourceGroupNames } from '@seaworthy/contracts/groupz';
import { type CallerOptions, httpCaller } from './http-caller.ts';

/** A typed caller of groupz. */
export type GroupzClient = ReturnType<typeof groupzClient>;

/** Calls groupz. Its function throws `ServiceError`, and what `fetch` throws when nobody answers. */
export function groupzClient(options: CallerOptions) {
  const call = httpCaller(options);
  return {
    /** The names of all resource groups, and how many seconds ago they were read. */
    async listGroups(): Promise<{ names: ResourceGroupNames; ageSeconds: number }> {
      const response = await call('GET', '/groupz');
      const names = (await response.json()) as ResourceGroupNames;
      return { names, ageSeconds: Number(response.headers.get('age')) };
    },
  };
}

import type { Routes } from '@seaworthy/chassis/route';
import { listGroups } from './http/list-groups.ts';
import type { Inventory } from './inventory.ts';

interface AppOptions {
  inventory: Inventory;
}

/** The service's table of contents. */
export function app({ inventory }: AppOptions): Routes {
  return (server) => {
    server.get('/groupz', listGroups(inventory));
  };
}

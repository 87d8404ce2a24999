import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { Users } from '../src/users.ts';
import { addingContract } from './contract/adding.ts';
import { addingOnceContract } from './contract/adding-once.ts';
import { editingContract } from './contract/editing.ts';
import { filteringContract } from './contract/filtering.ts';
import { listingContract } from './contract/listing.ts';
import { racingContract } from './contract/racing.ts';
import { removingContract } from './contract/removing.ts';
import { togetherContract } from './contract/together.ts';

/** An adapter of the port, open for a test. */
export interface OpenStore {
  users: Users;
  /** Forgets all that is kept. */
  clear(): Promise<unknown>;
  close(): Promise<unknown>;
}

/** What every adapter of `Users` promises. */
export function usersContract(open: () => Promise<OpenStore>): void {
  let store: OpenStore;
  beforeAll(async () => {
    store = await open();
  });
  beforeEach(() => store.clear());
  afterAll(() => store?.close());

  const users = () => store.users;
  describe('adding', () => addingContract(users));
  describe('adding once', () => addingOnceContract(users));
  describe('editing', () => editingContract(users));
  describe('removing', () => removingContract(users));
  describe('listing', () => listingContract(users));
  describe('filtering', () => filteringContract(users));
  describe('many at once', () => racingContract(users));
  describe('together', () => togetherContract(users));
}

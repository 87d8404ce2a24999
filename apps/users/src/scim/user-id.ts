import { Problem } from '@seaworthy/chassis/problem';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * An id out of a path. Ids of other shapes are nobody's.
 * @throws Problem of kind `not-found`
 */
export function readUserId({ id }: { id: string }): string {
  if (uuid.test(id)) return id;
  throw new Problem('not-found', 'There is no user with this id.');
}

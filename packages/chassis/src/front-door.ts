import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const around = new Problem('forbidden', 'This service answers only what comes through its Front Door.');

/**
 * Refuses what did not come through the Azure Front Door profile with this id, which puts it on each request as
 * `X-Azure-FDID`. Whoever else reaches the port does not know the id: it is compared in constant time.
 */
export function frontDoor(id: string): (request: IncomingMessage) => Problem | undefined {
  const expected = bytesOf(id);
  return ({ headers }) => {
    // Node joins several headers of the name with a comma, which is no id.
    const given = String(headers['x-azure-fdid'] ?? '');
    return uuid.test(given) && timingSafeEqual(bytesOf(given), expected) ? undefined : around;
  };
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';
import { timesSent } from './raw-headers.ts';

const otherCharset = /;\s*charset\s*=(?!\s*"?(?:utf-?8|us-ascii)"?\s*(?:;|$))/i;

/**
 * Refuses bodies that a firewall in front may have read in another way than we do: of two media types, compressed, or
 * in another charset than UTF-8.
 */
export function checkBodyHeaders({ raw, headers }: FastifyRequest): void {
  // Of several, Node tells the first.
  if (timesSent(raw, 'content-type') > 1) throw new Problem('bad-request', 'Send one Content-Type header.');
  const { 'content-encoding': coding = 'identity', 'content-type': type = '' } = headers;
  if (coding.toLowerCase() !== 'identity')
    throw new Problem('unsupported-media-type', `Bodies in ${coding} are not read.`);
  if (otherCharset.test(type)) throw new Problem('unsupported-media-type', 'Bodies are read as UTF-8 only.');
}

import { preferredType } from '@seaworthy/chassis/accept';
import { Problem } from '@seaworthy/chassis/problem';
import type { Server } from '@seaworthy/chassis/route';

const otherVersion = /;\s*v\s*=\s*(?!"?1"?\s*(?:[;,]|$))/i;

/** Refuses callers who can do nothing with JSON, or want another version of it than 1 (`application/json;v=1`). */
export function negotiate(server: Server): void {
  server.addHook('onRequest', ({ headers: { accept } }, _reply, done) => {
    if (accept === undefined || accept === '*/*') return done();
    const ranges = accept.split(',').filter((range) => !otherVersion.test(range));
    if (ranges.length > 0 && preferredType(ranges.join(','), ['application/json'])) return done();
    done(new Problem('not-acceptable', 'Answers are application/json, version 1 (`application/json;v=1`).'));
  });
}

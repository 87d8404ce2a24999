import type { Server } from './route.ts';

/**
 * Lets a DELETE without content name a type of it, as many clients do with every request: a type says something of
 * content only (RFC 9110, section 8.3), and would be refused where it is none of ours or where JSON is empty.
 */
export function overlookTypes(server: Server): void {
  server.addHook('onRequest', ({ method, headers }, _reply, done) => {
    if (method === 'DELETE' && isEmpty(headers)) delete headers['content-type'];
    done();
  });
}

function isEmpty(headers: NodeJS.Dict<string | string[]>): boolean {
  return (headers['content-length'] ?? '0') === '0' && headers['transfer-encoding'] === undefined;
}

import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { fastify } from 'fastify';

// As its guide shows it, without a schema: the list is turned into JSON for every request, and compressed if asked to.
const [port, path = '', file = '', coding] = process.argv.slice(2);
const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
const compress = promisify(gzip);

const server = fastify();
if (coding === 'gzip') {
  server.addHook('onSend', async (_request, reply, payload) => {
    reply.header('content-encoding', 'gzip').removeHeader('content-length');
    return compress(String(payload));
  });
}
server.get(path.replace(/\?.*/, ''), (_request, reply) => reply.send(list));
await server.listen({ port: Number(port), host: '127.0.0.1' });

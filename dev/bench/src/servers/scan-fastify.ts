import { readFileSync } from 'node:fs';
import { fastify } from 'fastify';

// What is written down first: every query reads all groups, sorts what it found and sends a page of it.
type Group = { name: string; subscriptionId: string; location: string; tags: Record<string, string> };
type Query = { subscription?: string; location?: string; tag?: string; name?: string; pageSize: string };

const [port, path = '', file = ''] = process.argv.slice(2);
const groups: Group[] = JSON.parse(readFileSync(file, 'utf8'));

const server = fastify();
server.get<{ Querystring: Query }>(path, (request, reply) => {
  const { subscription, location, tag = '', name = '', pageSize } = request.query;
  const [key = '', value] = tag.split(':');
  const found = groups
    .filter((group) => subscription === undefined || group.subscriptionId === subscription)
    .filter((group) => location === undefined || group.location === location)
    .filter((group) => value === undefined || group.tags[key] === value)
    .filter((group) => group.name.startsWith(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return reply.send({ value: found.slice(0, Number(pageSize)), total: found.length });
});
await server.listen({ port: Number(port), host: '127.0.0.1' });

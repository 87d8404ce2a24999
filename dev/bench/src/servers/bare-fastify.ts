import { fastify } from 'fastify';

// With a response schema, as chassis asks for one: fastify then serializes with generated code.
const response = {
  200: {
    type: 'object',
    properties: { name: { type: 'string' }, slices: { type: 'integer' } },
    required: ['name', 'slices'],
  },
};

const server = fastify();
server.get('/pizza', { schema: { response } }, async () => ({ name: 'margherita', slices: 8 }));
await server.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });

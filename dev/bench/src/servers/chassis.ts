import { anybody } from '@seaworthy/chassis/auth';
import { createLog } from '@seaworthy/chassis/log';
import { route } from '@seaworthy/chassis/route';
import { createServer } from '@seaworthy/chassis/server';
import { Type } from 'typebox';

const [port, level = 'info'] = process.argv.slice(2);

const showPizza = route({
  schema: { response: { 200: Type.Object({ name: Type.String(), slices: Type.Integer() }) } },
  handler: async () => ({ name: 'margherita', slices: 8 }),
});

const server = await createServer({
  name: 'pizza',
  version: '0.0.0',
  description: 'Bakes pizzas.',
  log: createLog({ name: 'pizza', level }),
  routes: (pizzeria) => void pizzeria.get('/pizza', showPizza),
  authenticate: async () => anybody,
  readiness: async () => ({ ready: true, checks: {} }),
});
await server.listen({ port: Number(port), host: '127.0.0.1' });

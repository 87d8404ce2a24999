import { type Static, Type } from 'typebox';
import { anybody } from '../src/auth.ts';
import { createLog, type Log } from '../src/log.ts';
import { Problem } from '../src/problem.ts';
import { type Routes, route, type Server } from '../src/route.ts';
import { createServer, type ServerOptions } from '../src/server.ts';

const Pizza = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 40 }), slices: Type.Integer({ minimum: 1 }) },
  { additionalProperties: false },
);
type Pizza = Static<typeof Pizza>;

/** A service about pizza: what chassis has to be good for. */
export const pizzaRoutes: Routes = (server) => {
  server.get('/pizzas/:name', showPizza);
  server.post('/pizzas', bakePizza);
  server.get('/burnt', { config: { open: true } }, () => {
    throw new Error('the oven at 10.1.2.3 is on fire');
  });
  server.get('/thrown', (request) => {
    const { thrown } = request.query as { thrown: string };
    throw { null: null, undefined: undefined }[thrown];
  });
  server.get('/stream', { config: { open: true } }, (_request, reply) => {
    reply.hijack();
    reply.raw.write('the first slice');
  });
  server.get('/sold-out', () => {
    throw new Problem('unavailable', 'No dough.', { retryAfterSeconds: 7 });
  });
};

const showPizza = route({
  schema: {
    params: Type.Object({ name: Type.String({ maxLength: 10 }) }),
    querystring: Type.Object({ slices: Type.Optional(Type.Integer({ minimum: 1 })) }, { additionalProperties: false }),
    response: { 200: Pizza },
  },
  handler: async (request) => ({ name: request.params.name, slices: request.query.slices ?? 8 }),
});

const bakePizza = route({
  schema: { body: Pizza, response: { 201: Pizza } },
  handler: async (request, reply) => {
    const pizza: Pizza = request.body;
    return reply.code(201).send(pizza);
  },
});

/** Everything that was logged, a parsed line each. */
export function memoryLog(): { log: Log; lines: Record<string, unknown>[]; text: () => string } {
  const raw: string[] = [];
  const log = createLog({ name: 'pizza', level: 'debug', destination: { write: (line) => void raw.push(line) } });
  return {
    log,
    get lines() {
      return raw.map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    text: () => raw.join(''),
  };
}

export function pizzaServer(options: Partial<ServerOptions> = {}): Promise<Server> {
  return createServer({
    name: 'pizza',
    version: '1.2.3',
    description: 'Bakes pizzas.',
    log: memoryLog().log,
    routes: pizzaRoutes,
    authenticate: async () => anybody,
    readiness: async () => ({ ready: true, checks: {} }),
    ...options,
  });
}

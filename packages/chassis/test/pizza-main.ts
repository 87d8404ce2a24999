import { Type } from 'typebox';
import { runService } from '../src/run.ts';
import { defineSettings } from '../src/settings.ts';
import { pizzaRoutes } from './pizza.ts';

/** A whole pizza service, for tests of how a process begins and ends. */
const settings = defineSettings({
  TOPPINGS: Type.Array(Type.String(), { minItems: 1, description: 'What goes on top.', examples: [['basil']] }),
});

const about = { name: 'pizza', version: '1.2.3', description: 'Bakes pizzas.' };
await runService({ ...about, settings, env: process.env }, ({ part, log }) => {
  part('oven', { close: async () => log.info('oven is off') });
  return (server) => {
    server.get('/slow', async () => {
      log.info('baking');
      await new Promise((resolve) => setTimeout(resolve, 500));
      return { baked: true };
    });
    server.get('/crash', async () => {
      setImmediate(() => Promise.reject(new Error('nobody awaits this')));
      return {};
    });
    return pizzaRoutes(server);
  };
});

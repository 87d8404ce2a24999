import { runService } from '../src/run.ts';
import { defineSettings } from '../src/settings.ts';

/** A whole service with a prepared answer, for tests of who gets it: the router leaves its mark on what passes it. */
const about = { name: 'menu', version: '1.2.3', description: 'Shows the menu.' };
await runService({ ...about, settings: defineSettings({}), env: process.env }, ({ prepared }) => (server) => {
  server.addHook('onRequest', async (_request, reply) => void reply.header('x-routed', 'yes'));
  // Open, so that anybody can prepare the answer, whatever AUTH says.
  server.get('/menu', { config: { open: true } }, async (request, reply) =>
    prepared.reply(request, reply, () => ({
      body: Buffer.from('{}'),
      contentType: 'application/json',
      tag: 'menu',
      headers: {},
      freshForMilliseconds: 600_000,
    })),
  );
});

import { readFileSync } from 'node:fs';
import { route } from '@seaworthy/chassis/route';

/** The page that joins a channel and shows what arrives, and the two files that it needs. */
export const page = {
  html: file('page.html', 'text/html; charset=utf-8'),
  script: file('page.js', 'text/javascript; charset=utf-8'),
  style: file('page.css', 'text/css; charset=utf-8'),
};

function file(name: string, type: string) {
  const content = readFileSync(new URL(`page/${name}`, import.meta.url));
  return route({
    schema: { hide: true },
    config: { open: true },
    handler: async (_request, reply) => reply.type(type).header('cache-control', 'no-cache').send(content),
  });
}

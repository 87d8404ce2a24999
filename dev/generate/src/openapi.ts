import { anybody } from '@seaworthy/chassis/auth';
import { createLog } from '@seaworthy/chassis/log';
import type { Routes } from '@seaworthy/chassis/route';
import { createServer } from '@seaworthy/chassis/server';

interface Described {
  name: string;
  version: string;
  description: string;
  routes: Routes;
}

/** A service's OpenAPI 3.1 document as text, exactly as the service itself would serve it. */
export async function openApiDocument(service: Described): Promise<string> {
  const server = await createServer({
    ...service,
    log: createLog({ name: service.name, level: 'silent' }),
    authenticate: async () => anybody,
    readiness: async () => ({ ready: true, checks: {} }),
  });
  const document = `${JSON.stringify(server.swagger(), null, 2)}\n`;
  await server.close();
  return document;
}

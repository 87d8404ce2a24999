import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateway } from '../../src/gateway/gateway.ts';
import type { Route } from '../../src/gateway/route-table.ts';

/** A gateway in front of one service that the test writes. */
export interface Arrangement {
  service: Server;
  url: string;
  port: number;
  close(): Promise<void>;
}

interface ArrangeOptions {
  route?: Partial<Route>;
  maxBodyBytes?: number;
}

/** Puts a gateway in front of a service, both on free ports. */
export async function arrange(
  serve: RequestListener,
  { route, maxBodyBytes }: ArrangeOptions = {},
): Promise<Arrangement> {
  const service = createServer(serve);
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const upstream = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  const app = await createGateway({
    routes: [{ type: 'PathPrefix', path: '/service', backend: 'service', ...route }],
    upstreams: { service: upstream },
    ...(maxBodyBytes && { maxBodyBytes }),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    service,
    url: `http://127.0.0.1:${port}/service`,
    port,
    async close() {
      service.closeAllConnections();
      service.close();
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

/** Reads a whole body. */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await message.toArray());
}

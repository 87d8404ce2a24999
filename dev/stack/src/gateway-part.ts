import { createGateway, type GatewayOptions } from './gateway/gateway.ts';
import type { Part } from './stack.ts';

/** The gateway as a part of the stack. */
export function gatewayPart(port: number, options: GatewayOptions): Part {
  let close: (() => Promise<void>) | undefined;
  return {
    async start() {
      const app = await createGateway(options);
      close = () => app.close();
      await app.listen({ host: 'localhost', port });
    },
    async stop() {
      // No new connections from here on. What is open lasts until its service ends it, so that a WebSocket client
      // still gets the close code that its service sends; the end of this process takes the rest.
      void close?.().catch(() => undefined);
    },
  };
}

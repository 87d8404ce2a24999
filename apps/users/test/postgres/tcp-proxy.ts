import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A network between us and a server, which can fail. */
interface TcpProxy {
  /** The server's URL, by way of this proxy. */
  url: string;
  /** Nothing comes through the connections any more, and nobody is told; nor through new ones, if so wished. */
  freeze(options?: { newcomers: boolean }): void;
  /**
   * The next answer of the server that contains this text gets lost, and its connection with it; nothing comes through
   * until what is done meanwhile has ended.
   */
  loseAnswer(containing: string, meanwhile?: () => Promise<unknown>): void;
  /** All connections break; what the server is doing for them goes on. */
  cut(): void;
  /** All connections break, and new ones are refused. */
  close(): Promise<void>;
}

/** Opens a proxy in front of the server of a URL. */
export async function openTcpProxy(url: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const frozen = new Set<Socket>();
  let freezing = false;
  let losing: { containing: string; meanwhile: () => Promise<unknown> } | undefined;
  let passing: Promise<unknown> = Promise.resolve();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    far.on('data', (chunk) => {
      if (losing === undefined || !chunk.includes(losing.containing)) return;
      passing = losing.meanwhile();
      losing = undefined;
      near.destroy();
      frozen.add(far);
    });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from.on('error', () => to.destroy()).on('close', () => to.destroy()));
      from.on('data', (chunk) => frozen.has(from) || freezing || void passing.then(() => to.write(chunk)));
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port: ours } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(url), { port: String(ours) }).href,
    freeze({ newcomers } = { newcomers: false }) {
      for (const socket of sockets) frozen.add(socket);
      freezing = newcomers;
    },
    loseAnswer(containing, meanwhile = async () => undefined) {
      losing = { containing, meanwhile };
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';

/** How the service answered an upgrade with something else than an upgrade. */
export interface Refusal {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

const handshake = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** Asks for an upgrade with plain HTTP. A header that is set to `undefined` is left out. */
export async function tryUpgrade(url: string, headers: Record<string, string | undefined> = {}): Promise<Refusal> {
  const given = Object.entries({ ...handshake, ...headers }).filter(([, value]) => value !== undefined);
  const asked = request(url, { headers: Object.fromEntries(given) as Record<string, string>, agent: false }).end();
  asked.once('upgrade', (_response, socket) => {
    socket.destroy();
    asked.destroy(new Error('the upgrade was accepted'));
  });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return {
    status: response.statusCode,
    headers: response.headers,
    body: (await json(response)) as Record<string, unknown>,
  };
}

/** The status of the answer, 101 where the upgrade was accepted. */
export async function upgradeStatus(url: string, headers: Record<string, string>): Promise<number | undefined> {
  const asked = request(url, { headers: { ...handshake, ...headers }, agent: false }).end();
  const [response, socket] = (await Promise.race([once(asked, 'upgrade'), once(asked, 'response')])) as [
    IncomingMessage,
    { destroy(): void } | undefined,
  ];
  (socket ?? response).destroy();
  return response.statusCode;
}

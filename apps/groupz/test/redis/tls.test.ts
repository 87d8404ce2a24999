import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import tls from 'node:tls';
import { createCertificates } from '@seaworthy/azure-emulator/certificate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freshChanges } from '../change-publisher.contract.ts';
import { connectedPublisher, publisherAt, redisUrl } from './publisher-at.ts';

/** The real Redis behind TLS, and the authority of its certificate. */
async function redisBehindTls() {
  const { ca, ...certificate } = await createCertificates(['localhost']);
  const { hostname, port: remote } = new URL(redisUrl ?? '');
  const server = tls.createServer(certificate, (near) => {
    const far = connect(Number(remote), hostname);
    for (const socket of [near, far]) {
      socket.on('error', () => undefined);
      socket.once('close', () => void [near.destroy(), far.destroy()]);
    }
    near.pipe(far).pipe(near);
  });
  server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { ca, url: `rediss://localhost:${(server.address() as AddressInfo).port}` };
}

describe.skipIf(!redisUrl)('rediss://', () => {
  it('publishes over TLS to a server that proves its name', async () => {
    const { ca, url } = await redisBehindTls();
    const trusted = tls.getCACertificates();
    tls.setDefaultCACertificates([...trusted, ca]);
    onTestFinished(() => tls.setDefaultCACertificates(trusted));
    const { publisher, outcomes } = await connectedPublisher(url);
    publisher.publish(freshChanges(1));
    await expect.poll(() => outcomes.published).toBe(1);
  });

  it('tells nothing to a server that nobody vouches for', async () => {
    const { url } = await redisBehindTls();
    const { publisher, outcomes, linesWith } = publisherAt(url);
    await expect.poll(() => linesWith('certificate')).toBe(1);
    publisher.publish(freshChanges(1));
    await expect.poll(() => outcomes.dropped).toBe(1);
  });
});

import { once } from 'node:events';
import { type AddressInfo, connect as connectTcp } from 'node:net';
import tls from 'node:tls';
import { createCertificates } from '@seaworthy/azure-emulator/certificate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addressOfUrl } from '../src/address.ts';
import { connect } from '../src/connection.ts';
import { redisUrl } from './real-redis.ts';

/** The real Redis behind TLS, and the authority of its certificate. */
async function redisBehindTls() {
  const { ca, ...certificate } = await createCertificates(['localhost']);
  const { hostname, port: remote } = new URL(redisUrl ?? '');
  const names: unknown[] = [];
  const server = tls.createServer(certificate, (near) => {
    names.push(near.servername);
    const far = connectTcp(Number(remote), hostname);
    for (const socket of [near, far]) {
      socket.on('error', () => undefined);
      socket.once('close', () => void [near.destroy(), far.destroy()]);
    }
    near.pipe(far).pipe(near);
  });
  server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { ca, names, url: `rediss://localhost:${(server.address() as AddressInfo).port}` };
}

function connectTo(url: string) {
  const redis = connect(() => addressOfUrl(url), 'test');
  const errors: string[] = [];
  redis.on('error', (error: Error) => errors.push(error.message));
  onTestFinished(() => redis.disconnect());
  return { redis, errors };
}

describe.skipIf(!redisUrl)('rediss://', () => {
  it('is Redis over TLS, on a server that proves its name', async () => {
    const { ca, names, url } = await redisBehindTls();
    const trusted = tls.getCACertificates();
    tls.setDefaultCACertificates([...trusted, ca]);
    onTestFinished(() => tls.setDefaultCACertificates(trusted));
    const { redis } = connectTo(url);
    await expect.poll(() => redis.status).toBe('ready');
    expect([await redis.ping(), names]).toEqual(['PONG', ['localhost']]);
  });

  it('tells nothing to a server that nobody vouches for', async () => {
    const { names, url } = await redisBehindTls();
    const { redis, errors } = connectTo(url);
    await expect.poll(() => errors.join()).toContain('certificate');
    await expect(redis.ping()).rejects.toThrow();
    expect(names).toEqual([]);
  });
});

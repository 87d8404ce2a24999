import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { generate } from 'selfsigned';

const YEAR = 365 * 24 * 3600 * 1000;

interface Certificates {
  /** The authority that clients must trust, PEM. */
  readonly ca: string;
  /** The listener's certificate and key, PEM. */
  readonly cert: string;
  readonly key: string;
}

/** Makes an authority and one server certificate for the names; the authority's key is dropped at once. */
export async function createCertificates(names: readonly string[]): Promise<Certificates> {
  // An hour back, so that a container with a slow clock accepts a certificate made just now.
  const period = {
    notBeforeDate: new Date(Date.now() - 3_600_000),
    notAfterDate: new Date(Date.now() + YEAR),
  };
  // A name of its own: who trusts two emulators finds an authority by its name, and must find the right one.
  const name = `Seaworthy Azure emulator CA ${randomUUID()}`;
  const authority = await generate([{ name: 'commonName', value: name }], {
    ...period,
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'Seaworthy Azure emulator' }], {
    ...period,
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map(alternativeName) },
    ],
  });
  return { ca: authority.cert, cert: server.cert, key: server.private };
}

function alternativeName(name: string): { type: 7; ip: string } | { type: 2; value: string } {
  return isIP(name) ? { type: 7, ip: name } : { type: 2, value: name };
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkloadIdentityCredential } from '@azure/identity';
import { decodeJwt } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { ARM_SCOPE, clientIds, projectedToken, tenantId, workloadCredential } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());

describe('the SDK credential', () => {
  it('gets a token for the projected token file', async () => {
    const { token, expiresOnTimestamp } = await workloadCredential(emulator).getToken(ARM_SCOPE);
    expect(decodeJwt(token)['appid']).toBe(clientIds.groupz);
    expect(expiresOnTimestamp).toBeGreaterThan(Date.now() + 3_600_000);
  });

  it('works by the name localhost as well', async () => {
    const { port } = new URL(emulator.httpsUrl);
    const credential = workloadCredential({ ...emulator, httpsUrl: `https://localhost:${port}/` });
    const { token } = await credential.getToken(ARM_SCOPE);
    expect(decodeJwt(token).aud).toBe('https://management.azure.com');
  });

  it('asks for more claims when continuous access evaluation is on', async () => {
    const { token } = await workloadCredential(emulator).getToken(ARM_SCOPE, { enableCae: true });
    expect(decodeJwt(token).tid).toBe(tenantId);
  });

  it.for([
    ['another service account', 700213, { serviceAccount: 'other' }],
    ['another audience', 700212, { audience: 'https://other.example' }],
    ['a token past its end', 700024, { expiresInSeconds: -60 }],
  ] as const)('reports %s as AADSTS%i', async ([name, code, body]) => {
    const tokenFilePath = join(emulator.caFile, '..', name);
    writeFileSync(tokenFilePath, await projectedToken(emulator, body));
    const credential = credentialFor({ tokenFilePath });
    await expect(credential.getToken(ARM_SCOPE)).rejects.toThrow(`AADSTS${code}`);
  });

  it('reports an unknown application as AADSTS700016', async () => {
    await expect(credentialFor({ clientId: tenantId }).getToken(ARM_SCOPE)).rejects.toThrow('AADSTS700016');
  });

  it('fails to resolve an unknown tenant', async () => {
    const unknown = credentialFor({ tenantId: '11111111-1111-1111-1111-111111111111' });
    await expect(unknown.getToken(ARM_SCOPE)).rejects.toThrow('endpoints_resolution_error');
  });
});

function credentialFor(
  options: Partial<Record<'tenantId' | 'clientId' | 'tokenFilePath', string>>,
): WorkloadIdentityCredential {
  return new WorkloadIdentityCredential({
    tenantId,
    clientId: clientIds.groupz,
    tokenFilePath: emulator.tokenFile('seaworthy', 'groupz'),
    authorityHost: emulator.httpsUrl,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: emulator.ca },
    ...options,
  });
}

import { generateKeyPair, SignJWT } from 'jose';
import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator.ts';
import { accessToken, armGet, clientIds, production, projectedToken, tenantId } from '../calls.ts';

let lead = 0;
const emulator: Emulator = await startEmulator({ clock: () => Date.now() + lead });
afterAll(() => emulator.close());
const path = `/subscriptions/${production}?api-version=2022-12-01`;

async function forged(): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  const iss = `${emulator.httpsUrl}/${tenantId}/v2.0`;
  const claims = { aud: 'https://management.azure.com', iss, oid: 'me', appid: clientIds.groupz };
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).setExpirationTime('1h').sign(privateKey);
}

function forVault(): Promise<string> {
  return accessToken(emulator, { scope: 'https://vault.azure.net/.default' });
}

describe('401', () => {
  const cases: [string, string, () => Promise<string>][] = [
    ['InvalidAuthenticationToken', 'no JWT', async () => 'nonsense'],
    ['InvalidAuthenticationToken', 'a token of another signer', forged],
    ['InvalidAuthenticationToken', "the cluster's own token", () => projectedToken(emulator)],
    ['InvalidAuthenticationTokenAudience', 'a token for another resource', forVault],
  ];

  it.for(cases)('%s for %s', async ([code, , make]) => {
    const { status, body, headers } = await armGet(emulator, path, await make());
    expect(status).toBe(401);
    expect(body.error.code).toBe(code);
    expect(headers['www-authenticate']).toContain(`authorization_uri="${emulator.httpsUrl}/${tenantId}"`);
  });

  it('AuthenticationFailed without a token, with a challenge', async () => {
    const { status, body, headers } = await request(emulator.httpsUrl).get(path).ca(emulator.ca);
    expect(status).toBe(401);
    expect(body.error.code).toBe('AuthenticationFailed');
    expect(headers['www-authenticate']).toMatch(/^Bearer authorization_uri="https:/);
  });

  it('ExpiredAuthenticationToken a day later', async () => {
    const token = await accessToken(emulator);
    lead = 86_400_000;
    const { status, body } = await armGet(emulator, path, token);
    lead = 0;
    expect(status).toBe(401);
    expect(body.error.code).toBe('ExpiredAuthenticationToken');
  });
});

describe('200', () => {
  it.for(['https://management.azure.com//.default', 'https://management.core.windows.net/.default'])(
    'for the scope %s',
    async (scope) => {
      const { status, body } = await armGet(emulator, path, await accessToken(emulator, { scope }));
      expect(status).toBe(200);
      expect(body.subscriptionId).toBe(production);
    },
  );
});

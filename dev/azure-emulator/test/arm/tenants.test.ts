import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, armGet, SUBSCRIPTIONS_VERSION, tenantId } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());

describe('GET /tenants', () => {
  it('200 with the one that there is', async () => {
    const path = `/tenants?api-version=${SUBSCRIPTIONS_VERSION}`;
    const { status, body } = await armGet(emulator, path, await accessToken(emulator));
    expect(status).toBe(200);
    expect(body.value).toEqual([
      expect.objectContaining({ id: `/tenants/${tenantId}`, tenantId, defaultDomain: 'seaworthy.onmicrosoft.com' }),
    ]);
  });

  it('401 without a token', async () => {
    const response = await request(emulator.httpsUrl)
      .get(`/tenants?api-version=${SUBSCRIPTIONS_VERSION}`)
      .ca(emulator.ca);
    expect(response.status).toBe(401);
  });
});

describe('GET /metadata/endpoints', () => {
  const get = (version: string) =>
    request(emulator.httpsUrl).get(`/metadata/endpoints?api-version=${version}`).ca(emulator.ca);

  it('200 with one cloud, which is here', async () => {
    const { status, body } = await get('2022-09-01');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      resourceManager: `${emulator.httpsUrl}/`,
      authentication: { loginEndpoint: emulator.httpsUrl, tenant: tenantId },
    });
  });

  it('200 with a list of clouds in the earlier version', async () => {
    expect((await get('2019-05-01')).body).toEqual([expect.objectContaining({ name: 'AzureEmulator' })]);
  });

  it('400 for another version', async () => {
    expect((await get('2000-01-01')).status).toBe(400);
  });
});

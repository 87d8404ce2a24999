import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, armGet, production, SUBSCRIPTIONS_VERSION, sandbox, tenantId } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const token = await accessToken(emulator);
const query = `?api-version=${SUBSCRIPTIONS_VERSION}`;

describe('GET /subscriptions', () => {
  it('200 with those the caller was given', async () => {
    const { status, body, headers } = await armGet(emulator, `/subscriptions${query}`, token);
    expect(status).toBe(200);
    expect(body.value.map((each: { subscriptionId: string }) => each.subscriptionId)).toEqual([production, sandbox]);
    expect(headers['x-ms-ratelimit-remaining-tenant-reads']).toBe('249');
  });

  it('200 and empty for a caller who was given none', async () => {
    const { status, body } = await armGet(
      emulator,
      `/subscriptions${query}`,
      await accessToken(emulator, { name: 'users' }),
    );
    expect(status).toBe(200);
    expect(body).toEqual({ value: [] });
  });
});

describe('GET /subscriptions/{id}', () => {
  it('200', async () => {
    const { status, body } = await armGet(emulator, `/subscriptions/${sandbox}${query}`, token);
    expect(status).toBe(200);
    expect(body).toMatchObject({ subscriptionId: sandbox, tenantId, displayName: 'Harbour Sandbox', state: 'Enabled' });
  });

  it('400 InvalidSubscriptionId', async () => {
    const { status, body } = await armGet(emulator, `/subscriptions/nonsense${query}`, token);
    expect(status).toBe(400);
    expect(body.error.code).toBe('InvalidSubscriptionId');
  });

  it('404 SubscriptionNotFound', async () => {
    const { status, body } = await armGet(emulator, `/subscriptions/${tenantId}${query}`, token);
    expect(status).toBe(404);
    expect(body.error.code).toBe('SubscriptionNotFound');
  });

  it('403 AuthorizationFailed without access, naming who and what', async () => {
    const users = await accessToken(emulator, { name: 'users' });
    const { status, body } = await armGet(emulator, `/subscriptions/${production}${query}`, users);
    expect(status).toBe(403);
    expect(body.error.code).toBe('AuthorizationFailed');
    expect(body.error.message).toContain("'Microsoft.Resources/subscriptions/read'");
  });
});

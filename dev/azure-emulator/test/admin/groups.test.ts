import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { armClient, groupNames, production, tenantId } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const client = armClient(emulator);
const admin = request(emulator.httpUrl);
const path = (name: string, subscription = production) =>
  `/_emulator/subscriptions/${subscription}/resourcegroups/${encodeURIComponent(name)}`;

describe('PUT', () => {
  it('201 for a new group, which the SDK then sees', async () => {
    const { status, body } = await admin.put(path('rg-new')).send({ location: 'uksouth', tags: { env: 'test' } });
    expect(status).toBe(201);
    expect(body).toEqual({ name: 'rg-new', location: 'uksouth', tags: { env: 'test' } });
    expect(await client.resourceGroups.get('rg-new')).toMatchObject({ location: 'uksouth', tags: { env: 'test' } });
  });

  it('201 without a body', async () => {
    const { status, body } = await admin.put(path('Größe_(1)'));
    expect(status).toBe(201);
    expect(body).toEqual({ name: 'Größe_(1)', location: 'westeurope' });
  });

  it('200 for a group that is there, which keeps its casing', async () => {
    const { status, body } = await admin.put(path('RG-REGISTRY')).send({ tags: {} });
    expect(status).toBe(200);
    expect(body).toEqual({ name: 'rg-registry', location: 'westeurope', tags: {} });
  });

  it.for([
    ['for a name that ends in a full stop', path('rg.'), {}],
    ['for a name that is too long', path('x'.repeat(91)), {}],
    ['for a tag that is no text', path('rg-x'), { tags: { a: 1 } }],
    ['for a property it does not know', path('rg-x'), { colour: 'red' }],
    ['for a list', path('rg-x'), []],
  ] as const)('400 %s', async ([, url, body]) => {
    const response = await admin.put(url).send(body);
    expect(response.status).toBe(400);
    expect(response.body.error.message).toMatch(/\w/);
  });

  it('404 for an unknown subscription', async () => {
    const { status, body } = await admin.put(path('rg-x', tenantId));
    expect(status).toBe(404);
    expect(body.error.message).toContain(tenantId);
  });
});

describe('PATCH', () => {
  it('200 with what was not named left alone', async () => {
    const { status, body } = await admin.patch(path('rg-data-dr')).send({ tags: { env: 'gone' } });
    expect(status).toBe(200);
    expect(body).toEqual({ name: 'rg-data-dr', location: 'swedencentral', tags: { env: 'gone' } });
  });

  it('404 for a group that is not there', async () => {
    const { status } = await admin.patch(path('rg-absent')).send({});
    expect(status).toBe(404);
  });
});

describe('DELETE', () => {
  it('204, and the SDK no longer lists it', async () => {
    expect((await admin.delete(path('RG-monitoring'))).status).toBe(204);
    expect(await groupNames(client)).not.toContain('rg-monitoring');
  });

  it('404 the second time', async () => {
    await admin.delete(path('rg-network-hub'));
    expect((await admin.delete(path('rg-network-hub'))).status).toBe(404);
  });

  it('between two pages neither repeats a group nor skips one', async () => {
    const names: (string | undefined)[] = [];
    for await (const page of client.resourceGroups.list().byPage()) {
      names.push(...page.map((group) => group.name));
      await admin.delete(path(names[0] ?? ''));
    }
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('rg-seaworthy-prod');
  });
});

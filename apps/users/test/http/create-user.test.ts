import { describe, expect, it } from 'vitest';
import { ada, created, usersServer } from '../users-server.ts';

describe('POST /users', () => {
  it('201 with the user and its location', async () => {
    const api = await usersServer();
    const { body, headers } = await api.post('/users').send(ada).expect(201);
    expect(body).toEqual({
      ...ada,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      status: 'active',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: body.createdAt,
      version: 1,
    });
    expect(headers['etag']).toBe('"1"');
    expect(headers['location']).toBe(`/users/${body.id}`);
  });

  it('201 with what is optional', async () => {
    const more = { externalId: 'hr-7', attributes: { 'cost centre': '42', café: '☕ 😀' } };
    const { status, body } = await (await usersServer()).post('/users').send({ ...ada, ...more });
    expect(status).toBe(201);
    expect(body).toMatchObject(more);
  });

  it('201 with the address trimmed and in lower case', async () => {
    const api = await usersServer();
    expect(await created(api, { ...ada, email: ' Ada@EXAMPLE.com\t' })).toMatchObject({ email: 'ada@example.com' });
  });

  it('201 at the limits of every field', async () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 32 }, (_, i) => [`${i}`.padEnd(64, 'k'), 'v'.repeat(256)]),
    );
    const email = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.com`;
    const draft = { email, displayName: '😀'.repeat(200), externalId: 'x'.repeat(256), attributes };
    expect(email).toHaveLength(254);
    expect(await created(await usersServer(), draft)).toMatchObject(draft);
  });

  it('409 for an address that another user has, whatever its case', async () => {
    const api = await usersServer();
    await created(api);
    const { status, body } = await api.post('/users').send({ ...ada, email: 'ADA@example.com' });
    expect(status).toBe(409);
    expect(body).toMatchObject({ type: 'urn:seaworthy:problem:conflict', detail: expect.stringContaining('e-mail') });
  });

  it('422 naming all fields that are wrong', async () => {
    const { status, body } = await (await usersServer()).post('/users').send({ email: 'nobody', role: 'admin' });
    expect(status).toBe(422);
    const faults = body.errors.map(({ pointer, code }: Record<string, string>) => `${pointer} ${code}`);
    expect(faults.toSorted()).toEqual(['/displayName required', '/email pattern', '/role unknown-field']);
  });

  it('415 for a merge patch', async () => {
    const request = (await usersServer()).post('/users').type('application/merge-patch+json');
    const { status, body } = await request.send(JSON.stringify(ada));
    expect(status).toBe(415);
    expect(body).toMatchObject({ type: 'urn:seaworthy:problem:unsupported-media-type' });
  });

  it('400 for a body that is no JSON', async () => {
    const { status, body } = await (await usersServer()).post('/users').type('json').send('{"email":');
    expect(status).toBe(400);
    expect(body).toMatchObject({ detail: 'The body is not valid JSON.' });
  });

  it('413 for a body above 64 KiB', async () => {
    const attributes = { long: 'x'.repeat(64 * 1024) };
    const { status, body } = await (await usersServer()).post('/users').send({ ...ada, attributes });
    expect(status).toBe(413);
    expect(body).toMatchObject({ type: 'urn:seaworthy:problem:too-large' });
  });
});

import { describe, expect, it } from 'vitest';
import { createScimUser, scimServer } from './scim-server.ts';

const [scim, json] = ['application/scim+json', 'application/json'];

describe('answers of SCIM', () => {
  it.for([
    [scim, scim],
    [json, json],
    ['*/*', scim],
    ['application/*', scim],
    [`${json}, ${scim}`, scim],
    [`text/html, ${json};q=0.1`, json],
    [`${scim};q=0, */*`, json],
  ] as const)('200, to Accept: %s, as %s', async ([accept, type]) => {
    const { status, headers, body } = await (await scimServer()).get('/scim/v2/Users').set('accept', accept as string);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(`${type}; charset=utf-8`);
    expect(body).toMatchObject({ totalResults: 0 });
  });

  it('201 and 409 as application/json, to who takes that only', async () => {
    const api = await scimServer();
    const create = () => createScimUser(api, { userName: 'a' }).set('accept', json as string);
    const answers = [await create(), await create()];
    expect(answers.map(({ status }) => status)).toEqual([201, 409]);
    for (const { headers } of answers) expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('406, and in the type of SCIM, to who takes neither', async () => {
    const { status, headers, body } = await (await scimServer()).get('/scim/v2/Users').set('accept', 'text/html');
    expect(status).toBe(406);
    expect(headers['content-type']).toBe('application/scim+json; charset=utf-8');
    expect(body).toMatchObject({ status: '406' });
  });

  it.for([
    [{ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'users.example' }, 'https://users.example/scim/v2'],
    [{ 'x-forwarded-proto': 'javascript', 'x-forwarded-host': 'users.example' }, '/scim/v2'],
    [{ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'a"b' }, '/scim/v2'],
  ] as const)('200 with the address that a proxy tells, where that is one: %j', async ([told, base]) => {
    const api = await scimServer({ edge: { TRUSTED_PROXY_HOPS: 1 } });
    const { status, body } = await api.get('/scim/v2/ServiceProviderConfig').set(told);
    expect(status).toBe(200);
    expect(body.meta.location).toBe(`${base}/ServiceProviderConfig`);
  });
});

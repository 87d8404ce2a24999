import { describe, expect, it } from 'vitest';
import { createdUser, createScimUser, errorUrn, patchScimUser, scimServer, scimUser } from '../scim-server.ts';

describe('DELETE /scim/v2/Users/{id}', () => {
  it('204, and the user name is free again', async () => {
    const api = await scimServer();
    const { id } = await createdUser(api, { userName: 'b' });
    const { status, text } = await api.delete(`/scim/v2/Users/${id}`);
    expect(status).toBe(204);
    expect(text).toBe('');
    expect((await createScimUser(api, { userName: 'b' })).status).toBe(201);
  });

  it('404 for every request afterwards, and the list is without the user', async () => {
    const api = await scimServer();
    const { id } = await createdUser(api, { userName: 'b' });
    const url = `/scim/v2/Users/${id}`;
    await api.delete(url).expect(204);
    const replace = [{ op: 'replace', path: 'active', value: true }];
    const answers = [await api.delete(url), await api.get(url), await api.put(url).send(scimUser({ userName: 'b' }))];
    answers.push(await patchScimUser(api, id, replace));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    for (const { body } of answers) expect(body).toMatchObject({ schemas: [errorUrn], status: '404' });
    expect((await api.get('/scim/v2/Users')).body.totalResults).toBe(0);
  });

  it('412 for another version, and the user stays', async () => {
    const api = await scimServer();
    const { id } = await createdUser(api, { userName: 'b' });
    const { status, body } = await api.delete(`/scim/v2/Users/${id}`).set('if-match', '"2"');
    expect(status).toBe(412);
    expect(body).toMatchObject({ status: '412' });
    await api.delete(`/scim/v2/Users/${id}`).set('if-match', 'W/"1"').expect(204);
  });
});

import { newUser, send, type UserBody } from '@seaworthy/acceptance/users/users-api';
import { expect, inject, test } from 'vitest';

const attack = "x'; DROP TABLE users; --";

async function patch(baseUrl: string, type: string) {
  const at = () => ({ baseUrl });
  const { path } = await newUser(at);
  const headers = { 'if-match': '*' };
  return send<UserBody>(at, path, { method: 'PATCH', headers, type, json: { displayName: attack } });
}

test('an attack in a merge patch passes where rule 200006 is missing: the firewall does not read the body', async () => {
  const { status, body } = await patch(inject('addresses').blindFirewall, 'application/merge-patch+json');
  expect(status).toBe(200);
  expect(body.displayName).toBe(attack);
});

test('with the rule it is stopped, and as application/json it is without', async () => {
  const { firewall, blindFirewall } = inject('addresses');
  expect((await patch(firewall, 'application/merge-patch+json')).status).toBe(403);
  expect((await patch(blindFirewall, 'application/json')).status).toBe(403);
});

import { expect, it } from 'vitest';
import { startService } from '../service.ts';

it.each([
  ['/', 'text/html; charset=utf-8', '<label for="channel">'],
  ['/?channel=device01', 'text/html; charset=utf-8', 'page.js'],
  ['/page.js', 'text/javascript; charset=utf-8', 'new WebSocket'],
  ['/page.css', 'text/css; charset=utf-8', 'main {'],
])('200 for %s', async (path, type, content) => {
  const { url } = await startService();
  const response = await fetch(url + path);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
  expect(await response.text()).toContain(content);
});

it('200 without a token: the page knows no secret', async () => {
  const authenticate = () => Promise.reject(new Error('never asked'));
  const { url } = await startService({ authenticate });
  expect((await fetch(url)).status).toBe(200);
});

it('has nothing inline, so that the content security policy lets all of it run', async () => {
  const { url } = await startService();
  const response = await fetch(url);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(await response.text()).not.toMatch(/<style|style=|<script(?![^>]* src=)|\son\w+=/);
});

it('426 for GET /ws that asks for no upgrade', async () => {
  const { url } = await startService();
  const response = await fetch(`${url}/ws?channel=a`);
  expect([response.status, response.headers.get('upgrade')]).toEqual([426, 'websocket']);
  expect(await response.json()).toMatchObject({ type: 'urn:seaworthy:problem:upgrade-required' });
});

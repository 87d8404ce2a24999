import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../src/emulator.ts';

const emulator = await startEmulator();
const admin = request(emulator.httpUrl);
const { port, host } = new URL(emulator.httpUrl);
afterAll(() => emulator.close());

async function send(requestLine: string): Promise<string> {
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`${requestLine}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  return text(socket);
}

describe('hostile input', () => {
  const lines: [string, string][] = [
    ['400', 'GET /%E0%A4%A HTTP/1.1'],
    ['400', 'GET / HTTP/9.9'],
    ['404', `GET /${'x'.repeat(8000)} HTTP/1.1`],
    ['404', 'GET //attacker.example/subscriptions HTTP/1.1'],
    ['404', 'GET /../../etc/passwd HTTP/1.1'],
    ['431', `GET /${'x'.repeat(20_000)} HTTP/1.1`],
  ];

  it.for(lines)('%s for a strange request line', async ([status, line]) => {
    const answer = await send(line);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).not.toMatch(/\.ts|node_modules/);
  });

  it('413 for a body of more than 64 KiB', async () => {
    const { status, body } = await admin.post('/_emulator/faults').send({ kind: 'x'.repeat(66_000) });
    expect(status).toBe(413);
    expect(body.error.code).toBe('BadRequest');
  });

  it.for(['{', '{"__proto__":{"kind":"drop"}}', '"text"', 'null'])('400 for the body %s', async (body) => {
    const response = await admin.post('/_emulator/faults').type('json').send(body);
    expect(response.status).toBe(400);
    expect(response.body.error).toEqual({ code: 'BadRequest', message: expect.any(String) });
  });
});

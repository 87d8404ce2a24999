import request from 'supertest';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { askFault } from '../calls.ts';

const emulator = await startEmulator();
const admin = request(emulator.httpUrl);
afterAll(() => emulator.close());
afterEach(() => admin.delete('/_emulator/faults'));
const list = async () => (await admin.get('/_emulator/faults')).body.value;
const fault = { match: { target: 'imds' }, kind: 'status', status: 503 };

it('201 with an id, and it is listed', async () => {
  const { status, body } = await askFault(emulator, fault);
  expect(status).toBe(201);
  expect(body).toEqual({ ...fault, id: expect.any(String), hits: 0 });
  expect(await list()).toEqual([body]);
});

it('counts the requests it met, and goes when it has met `times`', async () => {
  await askFault(emulator, { ...fault, times: 2 });
  await admin.get('/metadata/identity/oauth2/token');
  expect(await list()).toMatchObject([{ hits: 1 }]);
  await admin.get('/metadata/identity/oauth2/token');
  expect(await list()).toEqual([]);
});

it('204 when one is deleted, and the others stay', async () => {
  const { body: first } = await askFault(emulator, fault);
  const { body: second } = await askFault(emulator, fault);
  expect((await admin.delete(`/_emulator/faults/${first.id}`)).status).toBe(204);
  expect(await list()).toEqual([second]);
});

it('404 for the id of no fault', async () => {
  const { status, body } = await admin.delete('/_emulator/faults/none');
  expect(status).toBe(404);
  expect(body.error.message).toContain('none');
});

describe('400', () => {
  it.for([
    [undefined, /\/kind must be one of status, delay/],
    [{ ...fault, kind: 'explode' }, /\/kind must be one of/],
    [{ ...fault, status: 100 }, /\/status must be >= 200/],
    [{ ...fault, times: 0 }, /\/times/],
    [{ ...fault, match: { target: 'mars' } }, /\/match\/target must be one of arm, graph, entra, imds/],
    [{ ...fault, match: { target: 'arm', path: 'no-slash' } }, /\/match\/path/],
    [{ match: { target: 'entra' }, kind: 'cae-challenge' }, /\/match\/target/],
    [{ match: { target: 'arm' }, kind: 'delay' }, /milliseconds/],
  ] as const)('for %j', async ([body, message]) => {
    const response = await admin.post('/_emulator/faults').send(body);
    expect(response.status).toBe(400);
    expect(response.body.error.message).toMatch(message);
  });
});

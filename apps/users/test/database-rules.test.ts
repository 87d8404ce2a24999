import { readSettings } from '@seaworthy/chassis/settings';
import { describe, expect, it } from 'vitest';
import { Settings } from '../src/config.ts';
import { databaseRules } from '../src/database-rules.ts';

const read = (env: Record<string, string>) => readSettings(Settings, env, databaseRules).settings;

const entra = {
  DATABASE_AUTH: 'entra',
  DATABASE_URL: 'postgresql://users@db.postgres.database.azure.com/users?sslmode=verify-full',
  AZURE_TENANT_ID: '6f1d2c3b-4a59-4e68-8c77-9b0a1d2e3f40',
  AZURE_CLIENT_ID: 'c0ffee00-6a2b-4c1d-9e3f-5a7b8c9d0e1f',
  AZURE_FEDERATED_TOKEN_FILE: '/var/run/secrets/token',
  NODE_ENV: 'production',
};

describe('DATABASE_AUTH=entra', () => {
  it('takes a URL without a password, and the workload identity', () => {
    expect(read(entra)).toMatchObject({
      DATABASE_AUTH: 'entra',
      AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com',
    });
  });

  it('names all that is missing at once', () => {
    const missing = ['DATABASE_URL', 'AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE'];
    for (const name of missing)
      expect(() => read({ DATABASE_AUTH: 'entra' })).toThrow(`${name} is needed, as DATABASE_AUTH is entra`);
  });

  it.for([
    'postgresql://users:hunter2@db.example/users?sslmode=verify-full',
    'postgresql://users@db.example/users?sslmode=verify-full&password=hunter2',
  ])('refuses a password in the URL, without showing it: %s', (url) => {
    expect(() => read({ ...entra, DATABASE_URL: url })).toThrow('DATABASE_URL has a password');
    expect(() => read({ ...entra, DATABASE_URL: url })).not.toThrow(/hunter2/);
  });

  it('refuses a URL that names no role', () => {
    const url = 'postgresql://db.example/users?sslmode=verify-full';
    expect(() => read({ ...entra, DATABASE_URL: url })).toThrow('DATABASE_URL names no user');
  });

  it.for([
    'postgresql://users@db.example/users',
    'postgresql://users@db.example/users?sslmode=require',
    'postgresql://users@db.example/users?sslmode=verify-full&sslmode=disable',
    'postgresql://users@localhost/users?host=db.example',
  ])('refuses to send tokens without knowing to whom, even in development: %s', (url) => {
    const env = { ...entra, NODE_ENV: 'development', DATABASE_URL: url };
    expect(() => read(env)).toThrow('DATABASE_URL must have ?sslmode=verify-full');
  });

  it.for([
    'postgresql://users@127.0.0.1/users',
    'postgresql://users@[::1]/users',
    'postgresql://users@/users?host=/run/postgresql',
  ])('lets TLS be where Postgres is on this machine, but not in production: %s', (url) => {
    expect(read({ ...entra, NODE_ENV: 'development', DATABASE_URL: url }).DATABASE_URL?.value).toBe(url);
    expect(() => read({ ...entra, DATABASE_URL: url })).toThrow('must have ?sslmode=verify-full');
  });
});

it.for(['http://login.example', 'https://login.example/tenant', 'https://user@login.example'])(
  'refuses %s as the place where tokens are issued',
  (AZURE_AUTHORITY_HOST) => {
    expect(() => read({ ...entra, AZURE_AUTHORITY_HOST })).toThrow(/AZURE_AUTHORITY_HOST (must be|cannot be)/);
  },
);

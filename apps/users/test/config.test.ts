import { readSettings, SettingsError } from '@seaworthy/chassis/settings';
import { describe, expect, it } from 'vitest';
import { Settings } from '../src/config.ts';
import { databaseRules } from '../src/database-rules.ts';

const read = (env: Record<string, string>) => readSettings(Settings, env, databaseRules).settings;

describe('the settings', () => {
  it('have defaults for development', () => {
    expect(read({})).toMatchObject({
      DATABASE_DIR: '.data/postgres',
      DATABASE_POOL_SIZE: 10,
      DATABASE_CONNECTION_TIMEOUT_SECONDS: 5,
      DATABASE_STATEMENT_TIMEOUT_SECONDS: 10,
      DATABASE_AUTH: 'password',
      DATABASE_PREPARED_STATEMENTS: true,
      MIGRATE_AT_START: true,
      RATE_LIMIT_REQUESTS: 0,
      RATE_LIMIT_SECONDS: 60,
    });
  });

  it('take both names of Postgres in a URL', () => {
    expect(read({ DATABASE_URL: 'postgres://a' }).DATABASE_URL?.value).toBe('postgres://a');
    expect(read({ DATABASE_URL: 'postgresql://a', NODE_ENV: 'production' }).DATABASE_URL?.value).toBe('postgresql://a');
  });

  it('refuse production without DATABASE_URL', () => {
    expect(() => read({ NODE_ENV: 'production' })).toThrow(/DATABASE_URL is needed in production/);
  });

  it('refuse another database once, without showing its password', () => {
    const env = { NODE_ENV: 'production', DATABASE_URL: 'mysql://me:hunter2@host' };
    expect(() => read(env)).toThrow(SettingsError);
    expect(() => read(env)).toThrow(/^A setting is wrong:\n {2}DATABASE_URL cannot be what it is/);
    expect(() => read(env)).not.toThrow(/hunter2/);
  });

  it.for(['postgres://u:hunter2@:bad host/', 'postgres://u:hunter2@[half', 'postgres://u:hunter2#@host/users'])(
    'refuse %s, which is no URL, without showing it',
    (url) => {
      expect(() => read({ DATABASE_URL: url, DATABASE_POOL_SIZE: '0' })).toThrow(
        /^2 settings are wrong:\n {2}DATABASE_POOL_SIZE .*\n {2}DATABASE_URL is no URL \(not shown here\)/s,
      );
      expect(() => read({ DATABASE_URL: url })).not.toThrow(/hunter2|half/);
    },
  );

  it.for(['postgres:///users?host=/run/postgresql', 'postgres://me:secret@/users?host=/run/postgresql'])(
    'take %s, whose host is a socket',
    (url) => {
      expect(read({ DATABASE_URL: url }).DATABASE_URL?.value).toBe(url);
    },
  );

  it.for(['DATABASE_POOL_SIZE', 'DATABASE_CONNECTION_TIMEOUT_SECONDS', 'DATABASE_STATEMENT_TIMEOUT_SECONDS'])(
    'refuse %s=0',
    (name) => {
      expect(() => read({ [name]: '0' })).toThrow(`${name} must be >= `);
    },
  );
});

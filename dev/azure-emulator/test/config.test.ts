import { describe, expect, it } from 'vitest';
import { readSettings } from '../src/config.ts';

describe('the settings', () => {
  it('have defaults, and an empty variable counts as unset', () => {
    const settings = readSettings({ HOST: '', PAGE_SIZE: '' });
    expect(settings).toMatchObject({ HOST: '127.0.0.1', HTTPS_PORT: 8443, HTTP_PORT: 8444, PAGE_SIZE: 5 });
    expect(settings.STATE_FILE).toMatch(/azure-emulator.seed\.json$/);
  });

  it('are read as what they are', () => {
    expect(readSettings({ HTTPS_PORT: '0', OUTPUT_DIR: '1' })).toMatchObject({ HTTPS_PORT: 0, OUTPUT_DIR: '1' });
  });

  it('are all named when bad', () => {
    const bad = { HTTPS_PORT: '8443.5', HTTP_PORT: '70000', PAGE_SIZE: ' ', LOG_LEVEL: 'loud' };
    expect(() => readSettings(bad)).toThrow(
      /^Bad settings: HTTPS_PORT must be integer; HTTP_PORT must be <= 65535; PAGE_SIZE .*; LOG_LEVEL must be one of/,
    );
  });
});

import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { commonRules } from '../src/common-settings.ts';
import type { Environment } from '../src/environment.ts';
import { secretSetting } from '../src/secret.ts';
import { defineSettings, readSettings, SettingsError } from '../src/settings.ts';

const Settings = defineSettings({
  TOPPINGS: Type.Array(Type.String({ pattern: '^[a-z]+$' }), {
    minItems: 1,
    description: 'What goes on top, comma separated.',
    examples: [['basil', 'olives']],
  }),
  OVEN_KEY: Type.Optional(secretSetting({ description: 'Opens the oven.', examples: ['key-1'], pattern: '^key-' })),
});

const read = (env: Environment) => readSettings(Settings, { AUTH: 'none', TOPPINGS: 'basil', ...env }, commonRules);

function faultsOf(env: Environment): string {
  try {
    readSettings(Settings, env, commonRules);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return '';
}

test('texts become the values that the schema asks for, with its defaults', () => {
  const { settings } = read({ PORT: '9090', TOPPINGS: ' basil , olives,', DRAIN_SECONDS: '0.5' });
  expect(settings).toMatchObject({ PORT: 9090, TOPPINGS: ['basil', 'olives'], DRAIN_SECONDS: 0.5, LOG_LEVEL: 'info' });
});

test('all faults are told together, each with its name, the fault, the value and an example', () => {
  const message = faultsOf({ PORT: 'abc', LOG_LEVEL: 'loud', OVEN_KEY: 'wrong' });
  expect(message).toContain('6 settings are wrong');
  expect(message).toContain('PORT must be integer, but is "abc"\n    for example PORT=8080');
  expect(message).toContain('LOG_LEVEL must be one of trace, debug');
  expect(message).toContain('TOPPINGS is missing: What goes on top, comma separated.');
  expect(message).toContain('for example TOPPINGS=basil,olives');
  expect(message).toContain('AUTH_ISSUER is needed to verify access tokens');
  expect(message).toContain('AUTH_AUDIENCE is needed');
});

test('the value of a wrong secret is not told', () => {
  const message = faultsOf({ AUTH: 'none', TOPPINGS: 'basil', OVEN_KEY: 'hunter2' });
  expect(message).toContain('OVEN_KEY cannot be what it is (not shown here): Opens the oven.');
  expect(message).not.toContain('hunter2');
});

test.each(['1.5', '0x10', 'true', '-1', '65536', '1e3', '８０'])('PORT=%s is refused', (PORT) => {
  expect(faultsOf({ AUTH: 'none', TOPPINGS: 'basil', PORT })).toContain('PORT ');
});

test('a wrong item of a list is told once, under the name of the list', () => {
  expect(faultsOf({ AUTH: 'none', TOPPINGS: 'basil,1,2' }).match(/^ {2}TOPPINGS/gm)).toHaveLength(1);
});

test('an empty text counts as not set', () => {
  expect(faultsOf({ AUTH: 'none', TOPPINGS: '' })).toContain('TOPPINGS is missing');
});

test('authentication cannot be left out by accident', () => {
  expect(faultsOf({ TOPPINGS: 'basil' })).toContain('or write AUTH=none');
});

test('a name that looks like a setting is hinted beside the faults', () => {
  expect(faultsOf({ AUTH: 'none', TOPINGS: 'basil' })).toContain(
    'Hint: TOPINGS is not a setting: did you mean TOPPINGS?',
  );
});

test('a secret whose file cannot be read is told once', () => {
  const env = { AUTH: 'none', TOPPINGS: 'basil', OVEN_KEY_FILE: '/nowhere' };
  const rule = ({ OVEN_KEY }: { OVEN_KEY?: unknown }) =>
    OVEN_KEY ? undefined : { name: 'OVEN_KEY', fault: 'is needed' };
  expect(() => readSettings(Settings, env, [rule])).toThrow(
    /^A setting is wrong:\n {2}OVEN_KEY_FILE names a file[^\n]*$/,
  );
});

test('a secret that is needed and whose file cannot be read is told once, too', () => {
  const Needed = defineSettings({ OVEN_KEY: secretSetting({ description: 'Opens the oven.', examples: ['key-1'] }) });
  const env = { AUTH: 'none', OVEN_KEY_FILE: '/nowhere' };
  expect(() => readSettings(Needed, env)).toThrow(/^A setting is wrong:\n {2}OVEN_KEY_FILE names a file[^\n]*$/);
});

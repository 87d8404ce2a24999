import type { SettingRule } from '@seaworthy/chassis/environment';
import { secretSetting } from '@seaworthy/chassis/secret';
import { type Static, Type } from 'typebox';

/** The stack's own settings, read from the environment like a service's. */
export const StackSettings = Type.Object({
  GATEWAY_PORT: port(8080, 'Port of the gateway, the one address for everything.'),
  GROUPZ_PORT: port(8081, 'Port of groupz.'),
  REALTIME_PORT: port(8082, 'Port of realtime.'),
  USERS_PORT: port(8083, 'Port of users.'),
  EMULATOR_HTTPS_PORT: port(8443, 'Port of the emulated Azure (Entra, ARM).'),
  EMULATOR_HTTP_PORT: port(8444, "Port of the emulated Azure's plain HTTP (managed identity, its own administration)."),
  REDIS_URL: Type.Optional(
    secretSetting({
      pattern: '^rediss?://',
      description: 'A Redis to use instead of one that the stack starts.',
      examples: ['redis://localhost:6379'],
    }),
  ),
  DATA_DIR: Type.Optional(
    Type.String({
      description: 'Folder for all data, to run a second stack beside the first (with other ports, too).',
      examples: ['/tmp/second'],
    }),
  ),
});
export type StackSettings = Static<typeof StackSettings>;

/** The settings that are ports, with what listens there. */
export const portOwners = {
  GATEWAY_PORT: 'gateway',
  GROUPZ_PORT: 'groupz',
  REALTIME_PORT: 'realtime',
  USERS_PORT: 'users',
  EMULATOR_HTTPS_PORT: 'emulator',
  EMULATOR_HTTP_PORT: 'emulator',
} as const;
export type PortSetting = keyof typeof portOwners;

const portSettings = Object.keys(portOwners) as PortSetting[];

/** Two parts cannot listen on one port: the later one is told so. */
export const stackRules: readonly SettingRule<StackSettings>[] = portSettings.map((name, index) => (settings) => {
  const twin = portSettings.slice(0, index).find((other) => settings[name] && settings[other] === settings[name]);
  return twin && { name, fault: `is the same port as ${twin} (${settings[name]}): give each its own` };
});

function port(standard: number, description: string) {
  return Type.Integer({ minimum: 1, maximum: 65_535, default: standard, description });
}

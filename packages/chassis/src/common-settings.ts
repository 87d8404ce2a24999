import { Type } from 'typebox';
import { type EdgeSettings, edgeRules, edgeSettings } from './edge-settings.ts';
import type { SettingRule } from './environment.ts';
import type { Secret } from './secret.ts';

/** The settings that every service has. */
export const commonSettings = {
  HOST: Type.String({ default: '0.0.0.0', description: 'Address to listen on; `::` for IPv6 as well.' }),
  PORT: Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: 8080,
    description: 'TCP port to listen on; 0 picks a free one.',
  }),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    default: 'info',
    description: 'The least severe level that is logged.',
  }),
  AUTH: Type.Enum(['jwt', 'none'], {
    default: 'jwt',
    description: 'Who may call: bearers of an access token, or anybody. `none` must be written out.',
  }),
  AUTH_ISSUER: Type.Optional(
    Type.String({
      pattern: '^https://',
      description: 'Issuer of the access tokens, an https URL. Needed unless AUTH is none.',
      examples: ['https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0'],
    }),
  ),
  AUTH_AUDIENCE: Type.Optional(
    Type.String({
      description:
        'Audience that access tokens must name: with Entra ID the client id of the API (v2.0 tokens). Needed unless AUTH is none.',
      examples: ['c0ffee03-6a2b-4c1d-9e3f-5a7b8c9d0e1f'],
    }),
  ),
  AUTH_KEYS_OUTAGE_SECONDS: Type.Integer({
    minimum: 600,
    maximum: 604_800,
    default: 86_400,
    description: 'While the issuer cannot be read, its last good signing keys are used for so long; then 503.',
  }),
  ...edgeSettings,
  SHUTDOWN_DELAY_SECONDS: Type.Number({
    minimum: 0,
    maximum: 600,
    default: 5,
    description: 'Pause between failing readiness and refusing connections, for load balancers to notice.',
  }),
  DRAIN_SECONDS: Type.Number({
    minimum: 0,
    maximum: 600,
    default: 20,
    description: 'Time that requests in flight get to finish; afterwards they are cut off.',
  }),
};

/** The settings that say who may call. */
export interface AuthSettings {
  AUTH: string;
  AUTH_ISSUER?: string;
  AUTH_AUDIENCE?: string;
  AUTH_KEYS_OUTAGE_SECONDS?: number;
  /** Of services that have such a setting: tokens are signed with it (HS256), instead of by an issuer. */
  AUTH_SECRET?: Secret;
}

const needed = 'is needed to verify access tokens; or write AUTH=none to let anybody call';

/** Without a named issuer and audience nobody would be refused: that is never a default. */
export const commonRules: readonly SettingRule<AuthSettings & EdgeSettings>[] = [
  ({ AUTH, AUTH_ISSUER, AUTH_SECRET }) =>
    AUTH !== 'jwt' || AUTH_ISSUER || AUTH_SECRET ? undefined : { name: 'AUTH_ISSUER', fault: needed },
  ({ AUTH, AUTH_AUDIENCE, AUTH_SECRET }) =>
    AUTH !== 'jwt' || AUTH_AUDIENCE || AUTH_SECRET ? undefined : { name: 'AUTH_AUDIENCE', fault: needed },
  ({ AUTH_ISSUER, AUTH_SECRET }) =>
    AUTH_ISSUER && AUTH_SECRET
      ? { name: 'AUTH_SECRET', fault: 'is set beside AUTH_ISSUER: set one of them' }
      : undefined,
  ...edgeRules,
];

import { Type } from 'typebox';
import type { SettingRule } from './environment.ts';
import { type ProxyTrust, trustAddresses, trustHops } from './proxy-trust.ts';

// Absent, these let in more than with a value: one that was meant to be there and is empty must not do so.
const neverEmpty = { neverEmpty: true };

/** The settings of a service behind an edge: who may reach it, and who says where a request comes from. */
export const edgeSettings = {
  FRONT_DOOR_ID: Type.Optional(
    Type.String({
      ...neverEmpty,
      format: 'uuid',
      description:
        'Id of the Azure Front Door profile in front: whatever does not carry it as `X-Azure-FDID` is refused with ' +
        '403, probes too. Absent: anybody may reach the service.',
      examples: ['8d3b2c1a-5e4f-4a6b-9c7d-0e1f2a3b4c5d'],
    }),
  ),
  TRUSTED_PROXY_HOPS: Type.Integer({
    minimum: 0,
    maximum: 10,
    default: 0,
    description: 'How many proxies in front add to `X-Forwarded-For`: the client is who the farthest of them names.',
  }),
  TRUSTED_PROXIES: Type.Optional(
    Type.Array(Type.String(), {
      ...neverEmpty,
      minItems: 1,
      description:
        'The addresses or CIDR ranges of the proxies in front, comma separated: the client is the first address in ' +
        '`X-Forwarded-For`, from its end, that is none of them. Instead of TRUSTED_PROXY_HOPS.',
      examples: [['10.0.0.0/8', 'fd00::/8']],
    }),
  ),
};

/** What stands in front of a service. All absent: nothing. */
export interface EdgeSettings {
  FRONT_DOOR_ID?: string;
  TRUSTED_PROXY_HOPS?: number;
  TRUSTED_PROXIES?: string[];
}

/** Proxies are counted or listed, and lists are readable. */
export const edgeRules: readonly SettingRule<EdgeSettings>[] = [
  ({ TRUSTED_PROXY_HOPS = 0, TRUSTED_PROXIES }) =>
    TRUSTED_PROXY_HOPS > 0 && TRUSTED_PROXIES
      ? { name: 'TRUSTED_PROXIES', fault: 'is set beside TRUSTED_PROXY_HOPS: set one of them' }
      : undefined,
  ({ TRUSTED_PROXIES = [] }) => {
    try {
      trustAddresses(TRUSTED_PROXIES);
      return undefined;
    } catch (error) {
      return { name: 'TRUSTED_PROXIES', fault: (error as RangeError).message };
    }
  },
];

/** Which proxies the settings trust; `undefined` where they trust none. */
export function trustOf({ TRUSTED_PROXY_HOPS = 0, TRUSTED_PROXIES }: EdgeSettings): ProxyTrust | undefined {
  if (TRUSTED_PROXIES) return trustAddresses(TRUSTED_PROXIES);
  return TRUSTED_PROXY_HOPS > 0 ? trustHops(TRUSTED_PROXY_HOPS) : undefined;
}

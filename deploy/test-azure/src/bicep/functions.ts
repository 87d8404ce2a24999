import { later, type Value } from './values.ts';

type BicepFunction = (...args: Value[]) => Value;

/** The functions of Bicep that our templates use; others are refused. */
export const functions: Readonly<Record<string, BicepFunction>> = {
  cidrSubnet,
  concat: (...lists: Value[][]) => lists.flat(),
  contains: (value, part) =>
    typeof value === 'object' && !Array.isArray(value) ? part in value : value.includes(part),
  filter: (list: Value[], keep: BicepFunction) => list.filter((each) => keep(each)),
  guid: (...parts) => later(`guid ${parts.join(' ')}`),
  items: (object: Record<string, Value>) =>
    Object.keys(object)
      .sort()
      .map((key) => ({ key, value: object[key] })),
  readEnvironmentVariable: (name) => later(`environment ${name}`),
  replace: (text: string, from: string, to: string) => text.replaceAll(from, to),
  resourceGroup: (name = 'of the deployment') => ({ id: later(`resource group ${name}`), name, isScope: true }),
  startsWith: (text: string, start: string) => text.toLowerCase().startsWith(start.toLowerCase()),
  string: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
  subscription: () => ({ id: later('subscription'), subscriptionId: later('subscription id') }),
  subscriptionResourceId: (type, name) => `/subscriptions/${later('subscription id')}/providers/${type}/${name}`,
  tenant: () => ({ tenantId: later('tenant id') }),
  union: (...objects: Value[]) => Object.assign({}, ...objects),
  uriComponent: (text: string) => (text.startsWith('‹') ? text : encodeURIComponent(text)),
};

/** The n-th range of that many bits in an IPv4 range. */
function cidrSubnet(range: string, bits: number, index: number): string {
  const [address = '', prefix = '0'] = range.split('/');
  const start = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  if (bits < Number(prefix) || index >= 2 ** (bits - Number(prefix))) throw new Error(`${range} has no such range`);
  const found = start + index * 2 ** (32 - bits);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(found / 2 ** shift) % 256).join('.')}/${bits}`;
}

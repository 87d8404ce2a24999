import type { ArmHandler } from './arm-request.ts';

/** `GET /tenants`: the one that there is. */
export const listTenants: ArmHandler = async ({ world: { state } }) => {
  const { id, domain, displayName } = state.tenant;
  const described = { displayName, defaultDomain: domain, domains: [domain], tenantType: 'AAD', countryCode: 'NL' };
  return { value: [{ id: `/tenants/${id}`, tenantId: id, tenantCategory: 'Home', ...described }] };
};

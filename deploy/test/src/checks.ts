import { azureRestricted } from './checks/azure-restricted.ts';
import { doors } from './checks/doors.ts';
import { flows } from './checks/flows.ts';
import { flux } from './checks/flux.ts';
import { numbers } from './checks/numbers.ts';
import { openings } from './checks/openings.ts';
import { podSecurity } from './checks/pod-security.ts';
import { policies } from './checks/policies.ts';
import { policyWiring } from './checks/policy-wiring.ts';
import { references } from './checks/references.ts';
import { routes } from './checks/routes.ts';
import { safeguards } from './checks/safeguards.ts';
import { scaling } from './checks/scaling.ts';
import { validSchema } from './checks/schema.ts';
import { secrets } from './checks/secrets.ts';
import { settings } from './checks/settings.ts';
import { windows } from './checks/windows.ts';
import type { Check } from './manifest.ts';

/** All checks of what was rendered, by what they hold. */
export const checks: Readonly<Record<string, Check>> = {
  'valid against the schemas of Kubernetes 1.36 and of custom kinds': validSchema,
  'Pod Security restricted': podSecurity,
  "Azure's restricted initiative": azureRestricted,
  'AKS Deployment Safeguards, without a mutation': safeguards,
  'our own policies': policies,
  'policies are bound, and hold alike in both engines': policyWiring,
  'what is named is there': references,
  'routes, services, ports and probes lead to each other': doors,
  'routes match the APIs': routes,
  'every variable is a setting, and every program would start': settings,
  'secrets of Key Vault': secrets,
  'the chain of Flux': flux,
  'Windows and Linux keep apart': windows,
  'numbers that have to fit each other': numbers,
  'what is scaled by is measured': scaling,
  'the network lets through what is needed': flows,
  'openings of the network are narrow': openings,
};

/** What all checks find. Where a schema is broken, the others would stumble over it: they are asked when it is mended. */
export const everything: Check = (rendered) => {
  const broken = validSchema(rendered);
  if (broken.length > 0) return broken;
  return Object.values(checks).flatMap((check) => check(rendered));
};

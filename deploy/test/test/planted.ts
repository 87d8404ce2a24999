import { planted as inFlux } from './planted/flux.ts';
import { planted as inNetworks } from './planted/networks.ts';
import { planted as inPods } from './planted/pods.ts';
import { planted as inPolicies } from './planted/policies.ts';
import { planted as inScaling } from './planted/scaling.ts';
import { planted as inSettings } from './planted/settings.ts';
import { planted as inShapes } from './planted/shapes.ts';
import { planted as onWindows } from './planted/windows.ts';

/** A small fault: the object, the field, what is put there (`undefined`: nothing), and the rule that has to see it. */
export type Planted = [kind: string, name: string, field: string, value: unknown, rule: string];

export const planted: readonly Planted[] = [
  ...inShapes,
  ...inFlux,
  ...inPods,
  ...inPolicies,
  ...inScaling,
  ...inSettings,
  ...inNetworks,
];

/** The same on Windows Server 2025. */
export const plantedOnWindows: readonly Planted[] = onWindows;

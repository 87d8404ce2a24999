import type { Planted } from '../planted.ts';

/** A scaler that would never scale, or too late. */
export const planted: readonly Planted[] = [
  ['ScaledObject', 'realtime', 'spec.minReplicaCount', 0, 'scaling'],
  ['ScaledObject', 'realtime', 'spec.fallback', undefined, 'scaling'],
  [
    'ScaledObject',
    'realtime',
    'spec.triggers.0.metadata.query',
    'sum(realtime_connection{namespace="seaworthy"})',
    'scaling',
  ],
  ['ScaledObject', 'realtime', 'spec.triggers.0.metadata.query', 'sum(realtime_connections{})', 'scaling'],
  ['ScaledObject', 'realtime', 'spec.triggers.0.metadata.threshold', '20000', 'scaling'],
  ['ScaledObject', 'realtime', 'spec.triggers.0.metadata.threshold', 20000, 'schema'],
  ['ScaledObject', 'realtime', 'spec.triggers.0.metadata.serverAddress', 'from-the-facts', 'scaling'],
  ['ScaledObject', 'realtime', 'spec.triggers.0.authenticationRef.name', 'prometheus', 'scaling'],
  ['ScaledObject', 'realtime', 'spec.maxReplicasCount', 20, 'schema'],
  ['ScaledObject', 'realtime', 'spec.scaleTargetRef.name', 'realtimes', 'references'],
  ['ConfigMap', 'realtime', 'data.MAX_CONNECTIONS', '10000', 'scaling'],
];

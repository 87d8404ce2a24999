import type { Planted } from '../planted.ts';

/** Links of the chain that hold nothing. */
export const planted: readonly Planted[] = [
  ['Kustomization', 'apps', 'spec.path', './deploy/services/prod', 'flux'],
  ['Kustomization', 'apps', 'spec.path', './deploy/services/staging', 'flux'],
  ['Kustomization', 'apps', 'spec.dependsOn', undefined, 'flux'],
  ['Kustomization', 'apps', 'spec.dependsOn.0.name', 'policy', 'flux'],
  ['Kustomization', 'policies', 'spec.dependsOn.0.name', 'apps', 'flux'],
  ['Kustomization', 'apps', 'spec.prune', false, 'flux'],
  ['Kustomization', 'apps', 'spec.prune', 'yes', 'schema'],
  ['Kustomization', 'apps', 'spec.wait', undefined, 'flux'],
  ['Kustomization', 'apps', 'spec.timeout', undefined, 'flux'],
  ['Kustomization', 'apps', 'spec.timeout', '10 minutes', 'schema'],
  ['Kustomization', 'apps', 'spec.intervall', '10m', 'schema'],
  ['Kustomization', 'apps', 'spec.sourceRef.name', 'sea', 'flux'],
  ['Kustomization', 'apps', 'spec.sourceRef.namespace', 'flux-system', 'flux'],
  ['Kustomization', 'apps', 'spec.sourceRef.kind', 'ExternalArtifact', 'flux'],
  ['Kustomization', 'apps', 'spec.serviceAccountName', 'default', 'flux'],
  ['Kustomization', 'apps', 'apiVersion', 'kustomize.toolkit.fluxcd.io/v1beta2', 'schema'],
  ['GitRepository', 'seaworthy', 'spec.url', undefined, 'schema'],
  ['GitRepository', 'seaworthy', 'spec.ref.branches', 'main', 'schema'],
  ['Alert', 'failures', 'spec.providerRef.name', 'slack', 'flux'],
  ['Provider', 'teams', 'spec.type', 'teams', 'schema'],
  ['Receiver', 'github', 'spec.resources.0.name', 'flux-system', 'flux'],
];

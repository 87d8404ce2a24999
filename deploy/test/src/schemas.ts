import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { prunedDefinitions } from './schema/pruned-definitions.ts';
import { withoutProse } from './schema/without-prose.ts';

/**
 * Writes `schemas/` anew from where the field publishes them: Go modules, verified by their checksums. Run it with a new
 * Kubernetes or Flux: `node deploy/test/src/schemas.ts`. Everybody else reads what it wrote.
 */

const versions = {
  kubernetes: 'k8s.io/kubernetes@v1.36.4',
  gatewayApi: 'sigs.k8s.io/gateway-api@v1.5.1', // what AKS installs with 1.36
  gatekeeper: 'github.com/open-policy-agent/gatekeeper/v3@v3.20.1', // that of the Azure Policy add-on
  keda: 'github.com/kedacore/keda/v2@v2.21.0',
};

const target = join(import.meta.dirname, '../schemas');
const fluxApis = [
  'source-controller/api/v1',
  'kustomize-controller/api/v1',
  'notification-controller/api/v1',
  'notification-controller/api/v1beta3',
  'image-reflector-controller/api/v1',
  'image-automation-controller/api/v1',
];

writeKubernetes();
const gatekeeper = join(moduleDirectory(versions.gatekeeper), 'charts/gatekeeper/crds');
writeDefinition(join(gatekeeper, 'constrainttemplate-customresourcedefinition.yaml'), versions.gatekeeper);
const gatewayApi = join(moduleDirectory(versions.gatewayApi), 'config/crd/standard');
for (const kinds of ['gatewayclasses', 'gateways', 'httproutes', 'referencegrants'])
  writeDefinition(join(gatewayApi, `gateway.networking.k8s.io_${kinds}.yaml`), versions.gatewayApi);
const keda = join(moduleDirectory(versions.keda), 'config/crd/bases');
for (const kinds of ['scaledobjects', 'triggerauthentications'])
  writeDefinition(join(keda, `keda.sh_${kinds}.yaml`), versions.keda);
writeFlux();

function writeKubernetes(): void {
  const openApi = join(moduleDirectory(versions.kubernetes), 'api/openapi-spec/swagger.json');
  const { definitions } = JSON.parse(readFileSync(openApi, 'utf8'));
  write('kubernetes.json', { source: versions.kubernetes, definitions: prunedDefinitions(definitions) });
}

function writeFlux(): void {
  const output = mkdtempSync(join(tmpdir(), 'flux-crds-'));
  const paths = fluxApis.map((api) => `paths=github.com/fluxcd/${api}`);
  const generator = ['run', 'sigs.k8s.io/controller-tools/cmd/controller-gen', 'crd:allowDangerousTypes=true'];
  const cwd = join(import.meta.dirname, '../tools/crds');
  execFileSync('go', [...generator, ...paths, `output:crd:dir=${output}`], { cwd, stdio: 'inherit' });
  for (const file of readdirSync(output)) writeDefinition(join(output, file), 'the types of Flux, see tools/crds');
  rmSync(output, { recursive: true });
}

function writeDefinition(path: string, source: string): void {
  const { apiVersion, kind, metadata, spec } = parse(readFileSync(path, 'utf8'));
  // Conversion needs a webhook that runs; those that are served are complete by themselves.
  const { conversion: _, ...rest } = spec;
  const versions = rest.versions.filter((version: { served: boolean }) => version.served);
  const annotations = protectedGroup(rest.group) ? { 'api-approved.kubernetes.io': 'unapproved, see the source' } : {};
  const { name } = metadata;
  const value = { apiVersion, kind, metadata: { name, annotations }, spec: { ...rest, versions } };
  write(join('crds', `${name}.json`), { source, ...withoutProse(value) });
}

function protectedGroup(group: string): boolean {
  return group.endsWith('.k8s.io');
}

function moduleDirectory(module: string): string {
  return JSON.parse(execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8' })).Dir;
}

function write(file: string, value: object): void {
  mkdirSync(join(target, 'crds'), { recursive: true });
  writeFileSync(join(target, file), `${JSON.stringify(value)}\n`);
}

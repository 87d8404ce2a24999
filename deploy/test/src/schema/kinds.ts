import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { strict } from './strict.ts';

const folder = join(import.meta.dirname, '../../schemas');
const objectMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const quantityPattern = '^[+-]?([0-9]+|[0-9]+\\.[0-9]*|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$';

const constraints = 'constraints.gatekeeper.sh/v1beta1';

interface Definition {
  'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[];
}

/** A CustomResourceDefinition, and where it is from. */
export interface CustomDefinition {
  source: string;
  metadata: { name: string };
  spec: {
    group: string;
    scope: 'Cluster' | 'Namespaced';
    names: { kind: string; plural: string };
    versions: { name: string; schema: { openAPIV3Schema: { properties: Record<string, unknown> } } }[];
  };
}

/** The definitions of custom kinds that `schemas/` holds. */
export function readCustomDefinitions(): CustomDefinition[] {
  return globSync('crds/*.json', { cwd: folder })
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

/** What validates each kind, by `apiVersion kind`, made when it is asked for. */
export function validators(): (apiVersion: string, kind: string) => ValidateFunction | undefined {
  const { definitions } = JSON.parse(readFileSync(join(folder, 'kubernetes.json'), 'utf8'));
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, inlineRefs: false });
  const closed = { ...(strict(definitions) as object), [quantity]: quantitySchema };
  ajv.addSchema({ $id: 'kubernetes', definitions: closed });
  const schemas = new Map<string, object>();
  for (const [name, definition] of Object.entries(definitions as Record<string, Definition>))
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? [])
      schemas.set(`${group ? `${group}/` : ''}${version} ${kind}`, { $ref: `kubernetes#/definitions/${name}` });
  for (const { spec } of readCustomDefinitions())
    for (const { name, schema } of spec.versions)
      schemas.set(`${spec.group}/${name} ${spec.names.kind}`, customSchema(schema.openAPIV3Schema));
  schemas.set(`${constraints} *`, constraintSchema);
  const compiled = new Map<string, ValidateFunction>();
  return (apiVersion, kind) => {
    // Each template makes a kind of its own; ours have no parameters.
    const key = `${apiVersion} ${apiVersion === constraints ? '*' : kind}`;
    const schema = schemas.get(key);
    if (schema && !compiled.has(key)) compiled.set(key, ajv.compile(schema));
    return compiled.get(key);
  };
}

const quantitySchema = { anyOf: [{ type: 'string', pattern: quantityPattern }, { type: 'number' }] };

const texts = { type: 'array', items: { type: 'string' } };
const closed = (properties: object, required: string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const constraintSchema = closed({
  apiVersion: {},
  kind: {},
  metadata: { $ref: `kubernetes#/definitions/${objectMeta}` },
  spec: closed(
    {
      enforcementAction: { enum: ['deny', 'dryrun', 'warn'] },
      match: closed(
        { kinds: { type: 'array', items: closed({ apiGroups: texts, kinds: texts }) }, excludedNamespaces: texts },
        ['kinds', 'excludedNamespaces'],
      ),
    },
    ['enforcementAction', 'match'],
  ),
});

function customSchema(schema: { properties: Record<string, unknown> }): object {
  const properties = { ...schema.properties, metadata: {} };
  const closed = strict({ ...schema, properties }) as { properties: Record<string, unknown> };
  return {
    ...closed,
    properties: { ...closed.properties, metadata: { $ref: `kubernetes#/definitions/${objectMeta}` } },
  };
}

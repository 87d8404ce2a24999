import { readSettings, SettingsError } from '@seaworthy/chassis/settings';
import { filesOf, hasWorkloadIdentity, type Variable, variablesOf } from '../container-environment.ts';
import { type Environment, find, inEachEnvironment } from '../environments.ts';
import { type Finding, fault } from '../manifest.ts';
import { type Program, programs } from '../services.ts';
import { type Container, type Workload, workloadsIn } from '../workload.ts';

const rule = 'settings';
/** What programs read that is no setting of ours. */
const others = new Set(['NODE_ENV', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'TZ']);

/**
 * Every variable of a container is a setting of its program, and the program would start with them: its own schema and
 * its own rules say so. Files of secrets are mounted where the settings name them.
 */
export const settings = inEachEnvironment((environment) =>
  workloadsIn(environment.objects).flatMap((workload) => {
    const program = programs[workload.object.metadata.name];
    if (!program) return [];
    return [
      ...workload.containers.flatMap((container) => ofContainer(environment, workload, { container, program })),
      ...identity(environment, workload, program),
    ];
  }),
);

function ofContainer(
  environment: Environment,
  workload: Workload,
  { container, program }: { container: Container; program: Program },
): Finding[] {
  const { rendered } = workload;
  const at = (name: string, why: string) => fault(rendered, `${container.field}.env.${name}`, { rule, why });
  const variables = variablesOf(environment, workload, container);
  const known = new Set(Object.keys(program.settings.properties));
  const unknown = variables.filter(({ name }) => !known.has(name) && !known.has(secretOf(name)) && !isLink(name));
  const files = filesOf(environment, workload, container);
  const adrift = variables.filter(({ name, value }) => secretOf(name) && value && !files.includes(value));
  const unused = files.filter((file) => !variables.some(({ value }) => value === file));
  const doubled = variables.filter(({ name }, index) => variables.findIndex((each) => each.name === name) < index);
  return [
    ...unknown.filter(({ name }) => !others.has(name)).map(({ name }) => at(name, 'is no setting of the service')),
    ...adrift.map(({ name, value }) => at(name, `names ${value}, and nothing mounts that file`)),
    ...unused.map((file) => at(file, 'is mounted, and no setting names it')),
    ...doubled.map(({ name }) => at(name, 'is set twice')),
    ...startFaults(program, variables).map((why) => at('', why)),
  ];
}

function isLink(name: string): boolean {
  return /_SERVICE_(?:HOST|PORT)$/.test(name);
}

/** The setting whose file the variable names. */
function secretOf(name: string): string {
  return name.endsWith('_FILE') ? name.slice(0, -'_FILE'.length) : '';
}

function startFaults({ settings: schema, rules }: Program, variables: readonly Variable[]): string[] {
  const env = Object.fromEntries(variables.map((variable) => withValue(schema.properties, variable)));
  try {
    return readSettings(schema, env, rules).hints;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return [`would not start: ${error.message.replaceAll(/\s+/g, ' ')}`];
  }
}

/** What only the cluster knows (identities, files of secrets) gets the value that the schema shows as an example. */
function withValue(properties: Program['settings']['properties'], { name, value }: Variable): [string, string] {
  const setting = name in properties ? name : secretOf(name) || name;
  if (value !== undefined && setting === name) return [name, value];
  const property = properties[setting] as { examples?: unknown[]; default?: unknown } | undefined;
  return [setting, String(property?.examples?.[0] ?? property?.default ?? '')];
}

/** The label, the account and the annotation, of which each does nothing without the others. */
function identity(environment: Environment, workload: Workload, { settings: { properties } }: Program): Finding[] {
  const account = find(environment, 'ServiceAccount', workload.pod.serviceAccountName);
  const client = account?.object.metadata.annotations?.['azure.workload.identity/client-id'];
  const isLabelled = hasWorkloadIdentity(workload);
  if (account && !isId(client) && (isLabelled || client !== undefined)) {
    const why = 'must be a client id, or the pod gets no identity';
    return [fault(account, 'metadata.annotations.azure.workload.identity/client-id', { rule, why })];
  }
  if (isLabelled || client === undefined || !('AZURE_CLIENT_ID' in properties)) return [];
  const label = { rule, why: 'must be "true": the webhook looks at pods, not at accounts' };
  return [fault(workload.rendered, 'spec.template.metadata.labels.azure.workload.identity/use', label)];
}

function isId(text: string | undefined): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? '');
}

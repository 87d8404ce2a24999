import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parse } from 'yaml';

/** A directory with a kustomization.yaml, and the files and directories that it names. */
export interface Kustomization {
  directory: string;
  isComponent: boolean;
  names: string[];
}

// Rooms whose cluster half is checked by their own tests.
const elsewhere = /^deploy\/(?:test|kong|traefik|monitor|front-door|apim)\//;

/** Every Kustomization and Component below deploy/, with what each names. */
export function readKustomizations(repository: string): Kustomization[] {
  return globSync('deploy/**/kustomization.yaml', { cwd: repository })
    .filter((path) => !elsewhere.test(path))
    .sort()
    .map((path) => {
      const content = parse(readFileSync(join(repository, path), 'utf8'));
      const directory = dirname(path);
      const names = namesIn(content).map((name) => posix.join(directory, name));
      return { directory, isComponent: content.kind === 'Component', names };
    });
}

/** Those that Flux is told to apply, and those that nobody else takes in, which a person applies. */
export function findRoots(repository: string): string[] {
  const kustomizations = readKustomizations(repository);
  const taken = new Set(kustomizations.flatMap(({ names }) => names));
  const told = new Set(
    globSync('deploy/{clusters,flux}/**/*.yaml', { cwd: repository }).flatMap(
      (file) => /^ {2}path: \.\/(deploy\/\S+)$/m.exec(readFileSync(join(repository, file), 'utf8'))?.[1] ?? [],
    ),
  );
  return kustomizations
    .filter(({ directory, isComponent }) => !isComponent && (told.has(directory) || !taken.has(directory)))
    .map(({ directory }) => directory);
}

interface Content {
  resources?: string[];
  components?: string[];
  patches?: { path?: string }[];
  replacements?: { path?: string }[];
  configurations?: string[];
  configMapGenerator?: { envs?: string[]; files?: string[] }[];
}

function namesIn(content: Content): string[] {
  const { resources = [], components = [], patches = [], replacements = [], configMapGenerator = [] } = content;
  const { configurations = [] } = content;
  const paths = [...patches, ...replacements].flatMap(({ path }) => path ?? []);
  const generated = configMapGenerator.flatMap(({ envs = [], files = [] }) => [
    ...envs,
    ...files.map((file) => file.replace(/^[^=]+=/, '')),
  ]);
  return [...resources, ...components, ...configurations, ...paths, ...generated];
}

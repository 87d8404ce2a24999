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
  resources?: string[] | null;
  components?: string[] | null;
  patches?: { path?: string }[] | null;
  replacements?: { path?: string }[] | null;
  configMapGenerator?: { envs?: string[]; files?: string[] }[] | null;
}

function namesIn(content: Content): string[] {
  // A list without an entry is null in YAML.
  const generated = (content.configMapGenerator ?? []).flatMap(({ envs = [], files = [] }) => [
    ...envs,
    ...files.map((file) => file.replace(/^[^=]+=/, '')),
  ]);
  const paths = [...(content.patches ?? []), ...(content.replacements ?? [])].flatMap(({ path }) => path ?? []);
  return [...(content.resources ?? []), ...(content.components ?? []), ...paths, ...generated];
}

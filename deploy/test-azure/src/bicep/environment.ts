import { type Files, textOf } from '../files.ts';
import { type Deployment, deploy } from './deployment.ts';
import { evaluate } from './expression.ts';
import { readTemplate } from './template.ts';
import type { Value } from './values.ts';

export const environments = ['staging', 'production'] as const;

/** The parameters of an environment. */
export function parametersOf(files: Files, environment: string): Record<string, Value> {
  const path = `deploy/environments/${environment}.bicepparam`;
  const { declarations } = readTemplate(path, textOf(files, path));
  const scope = {
    lookUp: (name: string) => {
      throw new Error(`${name} is declared nowhere`);
    },
    readFile: (file: string) => textOf(files, file),
  };
  return Object.fromEntries(
    declarations.flatMap(({ name, value }) => (value ? [[name, evaluate(value, scope)] as const] : [])),
  );
}

/** All that `main.bicep` deploys to an environment. */
export function deployTo(files: Files, environment: string): Deployment {
  return deploy(files, 'deploy/main.bicep', parametersOf(files, environment));
}

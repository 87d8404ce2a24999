import { type Files, matching } from '../files.ts';
import type { Finding } from '../finding.ts';

/** The built-in roles and policies that templates may name, as Azure calls them. */
const known: Readonly<Record<string, string>> = {
  '4633458b-17de-408a-b874-0445c86b69e6': 'Key Vault Secrets User',
  '4d97b98b-1d4f-4787-a291-c67834d212e7': 'Network Contributor',
  '7f951dda-4ed3-4680-a7ca-43fe172d538d': 'AcrPull',
  'b0d8363b-8ddd-447d-831f-62ca05bff136': 'Monitoring Data Reader',
  '42b8ef37-b724-4e24-bbc8-7a7708edfe00':
    'Kubernetes cluster pod security restricted standards for Linux-based workloads',
  'febd0533-8e55-448f-b837-bd0e06f16469': 'Kubernetes cluster containers should only use allowed images',
};

/** Every id of Azure is one that is known, and the comment above it says what it is. */
export function ids(files: Files): Finding[] {
  return matching(files, /^deploy\/(?!test).*\.bicep$/).flatMap(([file, text]) => {
    const lines = text.split('\n');
    return lines.flatMap((line, i) =>
      [...line.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi)].flatMap(([id]): Finding[] => {
        const at = { file: `${file}:${i + 1}`, rule: 'ids' };
        const name = known[id];
        if (!name) return [{ ...at, why: `${id} is no role or policy that is known` }];
        return lines[i - 1]?.trim() === `// ${name}.`
          ? []
          : [{ ...at, why: `${id} is «${name}»: say so in the line above` }];
      }),
    );
  });
}

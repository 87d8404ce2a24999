import { readTemplate } from '../bicep/template.ts';
import { type Files, matching } from '../files.ts';
import type { Finding } from '../finding.ts';

/** Whatever a module puts out, somebody takes. */
export function outputs(files: Files): Finding[] {
  const templates = matching(files, /^deploy\/(?!test).*\.bicep$/);
  const all = templates.map(([, text]) => text).join('\n');
  return templates.flatMap(([file, text]) => {
    if (file === 'deploy/main.bicep') return [];
    try {
      return readTemplate(file, text)
        .declarations.filter(({ kind, name }) => kind === 'output' && !all.includes(`.outputs.${name}`))
        .map(({ name }) => ({ file, rule: 'vain', why: `${name} is put out, and taken by nobody` }));
    } catch {
      return [];
    }
  });
}

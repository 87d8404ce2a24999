/** A command of a README with what it says that the command prints. */
export interface ReadmeCommand {
  command: string;
  /** Lines of output; `…` stands for anything. */
  output: string;
}

/** The `$ command` lines of a README's console blocks, each with the lines below it. */
export function readmeCommands(readme: string): ReadmeCommand[] {
  const blocks = [...readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .filter(Boolean)
      .map((entry) => {
        const [command = '', ...output] = entry.trimEnd().split('\n');
        return { command, output: output.join('\n') };
      }),
  );
}

/** A pattern for output as a README shows it: `…` is anything, and ids and times may differ. */
export function outputPattern(output: string): RegExp {
  const literal = output.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const loose = literal
    .replaceAll('…', '[\\s\\S]*')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '[0-9a-f-]{36}')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:]+\\\.\d+Z/g, '[0-9TZ:.-]+');
  return new RegExp(`^${loose}$`);
}

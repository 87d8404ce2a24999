import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What to build, and where the program goes. */
export type GoBuild = {
  source: string;
  directory: string;
  signal: AbortSignal;
  /** The compiler: a name on PATH, or a path. */
  go: string;
};

/**
 * Compiles a Go program and returns its path; nothing where there is no Go.
 * @throws with what the compiler said when it does not compile
 */
export async function buildGo({ source, directory, signal, go }: GoBuild): Promise<string | undefined> {
  const program = join(directory, 'go-server');
  const child = spawn(go, ['build', '-o', program, source], { signal, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  try {
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`go build ended with ${code}: ${said}`);
    return program;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Says what kubectl said. */
export interface Answer {
  ok: boolean;
  text: string;
}

/** Runs kubectl against one cluster; `input` is what it reads as `-f -`. */
export type Kubectl = (args: readonly string[], input?: string) => Promise<Answer>;

/** Whether kubectl is on this machine. */
export function kubectlIsHere(): boolean {
  return spawnSync('kubectl', ['options']).error === undefined;
}

/** kubectl for the cluster of a kubeconfig. */
export function kubectlOf(kubeconfig: string): Kubectl {
  return async (args, input) => {
    const child = run('kubectl', [...args, '--kubeconfig', kubeconfig], { maxBuffer: 64 * 1024 * 1024 });
    child.child.stdin?.end(input ?? '');
    try {
      const { stdout, stderr } = await child;
      return { ok: true, text: stdout + stderr };
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      return { ok: false, text: stdout + stderr };
    }
  };
}

/** Applies objects as Flux does, by server-side apply; what the server does not know is refused. */
export function apply(kubectl: Kubectl, objects: readonly object[]): Promise<Answer> {
  const options = ['--server-side', '--force-conflicts', '--field-manager=seaworthy-verify', '--validate=strict'];
  return kubectl(['apply', ...options, '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
}

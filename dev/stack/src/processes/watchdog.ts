// A program of its own: it ends what the stack started in case the stack is gone without a goodbye (SIGKILL, a crash).
// It reads `+pid` and `-pid` lines; the end of its input means that the stack is gone.
import { createInterface } from 'node:readline';

const graceMs = 5_000;
const lookMs = 100;
const pids = new Set<number>();

// They reach it when the terminal closes, and it has to outlive exactly that.
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined);

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const pid = Number(line.slice(1));
    if (line.startsWith('+')) pids.add(pid);
    else pids.delete(pid);
  })
  .on('close', endAll);

function endAll(): void {
  signalAll('SIGTERM');
  if (pids.size === 0) return;
  const late = setTimeout(() => signalAll('SIGKILL'), graceMs);
  const look = setInterval(() => {
    signalAll(0);
    if (pids.size > 0) return;
    clearTimeout(late);
    clearInterval(look);
  }, lookMs);
}

/** Signals what is left, and forgets what is gone; 0 only looks. */
function signalAll(signal: NodeJS.Signals | 0): void {
  for (const pid of pids) {
    try {
      // The whole group: a program may have started others.
      process.kill(process.platform === 'win32' ? pid : -pid, signal);
    } catch {
      pids.delete(pid);
    }
  }
}

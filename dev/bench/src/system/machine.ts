import { arch, availableParallelism, cpus, loadavg, platform, release } from 'node:os';

/** What the figures were measured on, and a warning when other work ran there: a line each. */
export function describeMachine(load = loadavg()[0] ?? 0, cores = availableParallelism()): string[] {
  const facts = [
    `${cores} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`,
    `${platform()} ${release()} ${arch()}`,
    `Node ${process.versions.node}`,
    `load average ${load.toFixed(2)}`,
  ];
  // Half a core of other work is what moves figures by more than contestants usually differ.
  if (load <= 0.5) return [facts.join(', ')];
  return [facts.join(', '), `Warning: something else is running here (load average ${load.toFixed(2)}): expect noise.`];
}

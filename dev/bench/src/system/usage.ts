import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a process has used since it started, all its threads together, in user mode and in the kernel. */
export type Usage = { cpuSeconds: number; rssMebibytes: number };

/** The system's books on processes. */
export type UsageReader = {
  read: (pid: number) => Usage;
  /** The smallest step of `cpuSeconds`; a run must be long against it. */
  resolutionSeconds: number;
};

/**
 * How this system tells what a process used.
 * @throws on Windows, which has no command that tells it at once
 */
export function usageReader(platform: NodeJS.Platform): UsageReader {
  if (platform === 'linux') return procReader();
  if (platform === 'win32') {
    throw new Error(
      'The CPU time of another process cannot be read on Windows: run the bench in WSL, on Linux or macOS',
    );
  }
  const read = (pid: number) =>
    parsePs(execFileSync('ps', ['-o', 'time=,rss=', '-p', String(pid)], { encoding: 'utf8' }));
  // macOS prints hundredths; systems that print whole seconds need longer rounds.
  return { read, resolutionSeconds: platform === 'darwin' ? 0.01 : 1 };
}

/** Reads CPU seconds out of `/proc/<pid>/stat`; the program's name in it may contain spaces and brackets. */
export function parseStat(stat: string, ticksPerSecond: number): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // proc_pid_stat(5) counts from 1 and the name is field 2: utime is field 14, stime 15.
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Reads the line of `ps -o time=,rss=`: `[[days-]hours:]minutes:seconds[.hundredths] KiB`. */
export function parsePs(line: string): Usage {
  const [, days = '0', clock = '', rss] = /^\s*(?:(\d+)-)?([\d:.]+)\s+(\d+)/.exec(line) ?? [];
  const seconds = clock.split(':').reduce((total, part) => total * 60 + Number(part), 0);
  return { cpuSeconds: Number(days) * 86_400 + seconds, rssMebibytes: Number(rss) / 1024 };
}

function procReader(): UsageReader {
  const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const read = (pid: number) => {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    const cpuSeconds = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'), ticksPerSecond);
    return { cpuSeconds, rssMebibytes: Number(kibibytes) / 1024 };
  };
  return { read, resolutionSeconds: 1 / ticksPerSecond };
}

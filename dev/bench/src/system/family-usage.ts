import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parsePs, parseStat } from './usage.ts';

/** Reads the CPU seconds of a process and its children; on Linux also of those that have ended. */
export type FamilyReader = (pid: number) => number;

/** How this system tells what a family of processes used. */
export function familyReader(platform: NodeJS.Platform): FamilyReader {
  if (platform === 'linux') {
    const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
    return (pid) => sumOfStats(pid, allStats(), ticksPerSecond);
  }
  return (pid) => sumOfPs(pid, execFileSync('ps', ['-A', '-o', 'pid=,ppid=,time=,rss='], { encoding: 'utf8' }));
}

/** The parent of a process and the name of its program, by its line in `/proc`; nothing where there is none. */
export function parentOf(pid: number): { parent: number; program: string } | undefined {
  const stat = statOf(String(pid));
  const [, program, parent] = /\((.*)\) \S (\d+) /s.exec(stat) ?? [];
  return program === undefined ? undefined : { program, parent: Number(parent) };
}

/** Adds up lines of `/proc/<pid>/stat`: the process with its ended children, and its living children. */
export function sumOfStats(pid: number, stats: readonly string[], ticksPerSecond: number): number {
  return stats.reduce((sum, stat) => {
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const isParent = stat.startsWith(`${pid} `);
    if (!isParent && Number(fields[1]) !== pid) return sum;
    // proc_pid_stat(5): cutime is field 16, cstime 17, of children that were waited for.
    const ended = isParent ? (Number(fields[13]) + Number(fields[14])) / ticksPerSecond : 0;
    return sum + parseStat(stat, ticksPerSecond) + ended;
  }, 0);
}

/** Adds up lines of `ps -A -o pid=,ppid=,time=,rss=`. */
export function sumOfPs(pid: number, lines: string): number {
  return lines.split('\n').reduce((sum, line) => {
    const [, own, parent, rest = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(own) === pid || Number(parent) === pid ? sum + parsePs(rest).cpuSeconds : sum;
  }, 0);
}

function allStats(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf);
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}

import type { Stage, StageOptions } from './stage.ts';

/** One question to measure, answered in sections that are run one after the other. */
export type BenchCase = {
  name: string;
  /** What the case finds out; the list of cases prints it. */
  question: string;
  /** What the command line does not say. */
  defaults: Options;
  /** Gets what no clone has, once before the first section; returns what the reader has to know: a line each. */
  prepare?: (options: StageOptions) => Promise<readonly string[]>;
  sections: readonly Section[];
};

/** How long and how hard to measure. */
export type Options = { rounds: number; seconds: number; connections: number };

/** A part of a case with a table and a conclusion of its own; `--section` picks it by name. */
export type Section = {
  name: string;
  question: string;
  /** About how long it takes. */
  estimateSeconds: (options: Options) => number;
  /**
   * Measures on a stage that is its own, and returns the lines to print.
   * @throws when anything was not as it must be: figures of a wrong answer are worth nothing
   */
  run: (stage: Stage) => Promise<readonly string[]>;
};

/** A server program. It listens on the port of 127.0.0.1 that it is given, and ends on SIGTERM. */
export type Contestant = {
  name: string;
  command: (port: number) => Command;
  /** Answers 2xx as soon as the server can be measured. */
  readyPath: string;
};

/** A program with its whole environment: an inherited NODE_OPTIONS would be measured as well. */
export type Command = { program: string; args: readonly string[]; env?: Record<string, string> };

/** Drives one server for `seconds`; ends early, with whatever it has, when the signal is aborted. */
export type Load = (target: Target) => Promise<LoadResult>;

/** The server to drive, and how hard. */
export type Target = { port: number; connections: number; seconds: number; signal: AbortSignal };

/** What came of one load. Any fault makes the whole case fail: a server that answers wrongly is fast for nothing. */
export type LoadResult = { operations: number; seconds: number; latency: Latency; faults: readonly string[] };

/** Milliseconds within which half and 99 of 100 operations were done. */
export type Latency = { p50: number; p99: number };

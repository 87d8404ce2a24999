/** One measurement: contestants that do the same work, and the load that makes them do it. */
export type BenchCase = {
  name: string;
  /** What the case finds out; the list of cases prints it. */
  question: string;
  /** What is counted, as a singular noun: `request`, `delivery`. */
  operation: string;
  /** The first one is what the others are compared with. */
  contestants: readonly Contestant[];
  load: Load;
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

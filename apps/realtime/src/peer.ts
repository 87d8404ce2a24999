import type { Format } from './entry.ts';

/** A client's end of the connection. */
export interface Peer {
  /** How the client is spoken to, by name. */
  readonly face: string;
  readonly format: Format;
  /** Bytes that wait for the client to read. */
  readonly backlog: number;
  /** Writes what belongs to many: nobody changes it. */
  write(bytes: Buffer): void;
  cork(): void;
  uncork(): void;
  ping(): void;
  /** Says goodbye after what is waiting. */
  close(code: number, reason: string): void;
  /** Hangs up. */
  terminate(): void;
}

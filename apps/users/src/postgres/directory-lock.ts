import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const busy = 5; // SQLITE_BUSY

/**
 * Takes a directory for this process alone, and returns the function that gives it back. The lock is one of the
 * operating system's, held through SQLite as Node itself offers none: it goes with the process, however that ends.
 * @throws Error with a message for the operator, when another process holds it
 */
export function lockDirectory(directory: string): () => void {
  const lock = new DatabaseSync(join(directory, 'lock'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if ((cause as { errcode?: number }).errcode !== busy) throw cause;
    throw new Error(`another process uses ${directory}: stop it, or set DATABASE_DIR to another directory`, { cause });
  }
  return () => lock.close();
}

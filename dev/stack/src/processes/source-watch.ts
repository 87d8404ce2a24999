import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';

/** Folders whose sources a program is made of. */
interface SourceWatch {
  folders: readonly string[];
  /** Called once for a burst of changes, with the name of the last file. */
  onChange(file: string): void;
}

// One save is several events, and a formatter or `git checkout` touches many files.
const quietMs = 200;

/** Watches folders with all that is below them; returns how to stop. A folder that is missing is left out. */
export function watchSources({ folders, onChange }: SourceWatch): () => void {
  let timer: NodeJS.Timeout | undefined;
  const changed = (file: string | null) => {
    if (file === null || !isSource(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => onChange(file), quietMs);
  };
  const watchers = folders.filter((folder) => existsSync(folder)).map((folder) => watchFolder(folder, changed));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

function watchFolder(folder: string, changed: (file: string | null) => void): FSWatcher {
  const watcher = watch(folder, { recursive: true }, (_, file) => changed(file));
  // A folder that is deleted ends its watch; the program goes on without restarts.
  watcher.on('error', () => watcher.close());
  return watcher;
}

/** Whether a change matters: what editors put beside a file while they save it does not. */
export function isSource(file: string): boolean {
  return /^[^.].*\.(?:[cm]?[jt]s|json|html|css|sql)$/.test(basename(file));
}

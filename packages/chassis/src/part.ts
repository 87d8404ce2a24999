import { within } from './deadline.ts';
import type { Log } from './log.ts';
import type { Readiness } from './probes.ts';

/** What a service is made of, besides its routes: connections, background loops. */
export interface Part {
  /** Rejects while the part cannot do its work; asked by the readiness probe. */
  check?(): Promise<void>;
  /** Lets go of everything. Called once, in reverse order of addition. */
  close?(): Promise<void>;
}

export interface NamedPart {
  name: string;
  part: Part;
}

const checkMilliseconds = 2000;

/**
 * Returns the function that asks all parts whether they can work. The probe is open to anybody who reaches the port:
 * however many ask at once, each part is asked once.
 */
export function readinessOf(parts: readonly NamedPart[], log: Log): () => Promise<Readiness> {
  const failing = new Set<string>();
  let asking: Promise<Readiness> | undefined;

  async function ask(): Promise<Readiness> {
    const checks = await Promise.all(parts.filter(({ part }) => part.check).map(check));
    return { ready: checks.every(([, state]) => state === 'ok'), checks: Object.fromEntries(checks) };
  }

  async function check({ name, part }: NamedPart) {
    try {
      await within(checkMilliseconds, part.check?.());
      if (failing.delete(name)) log.info({ part: name }, 'part is ready again');
      return [name, 'ok'] as const;
    } catch (error) {
      // Once, not with each probe. A check fails by telling the reason; where in our code it does is no news.
      if (!failing.has(name)) log.warn({ part: name, reason: String(error) }, 'part is not ready');
      failing.add(name);
      return [name, 'failed'] as const;
    }
  }

  return () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

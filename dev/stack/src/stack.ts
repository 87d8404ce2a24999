/** One box of the diagram. */
export interface Part {
  /** Resolves when the part can do its work. */
  start(): Promise<void>;
  /** Resolves when nothing of it is left. May be called at any time after `start`, also while that waits. */
  stop(): Promise<void>;
}

/** The stack was told to stop while it was starting. */
export class StopRequested extends Error {
  override readonly name = 'StopRequested';
}

/** Makes a stack without parts, which starts parts in the order given and stops them in reverse. */
export function createStack() {
  const steps: Part[][] = [];
  const stopRequest = Promise.withResolvers<never>();
  // Whoever waits hears of it; there may be nobody at the moment.
  stopRequest.promise.catch(() => undefined);

  return {
    /** Starts parts that do not depend on each other. @throws StopRequested, or why a part cannot start */
    async start(...parts: Part[]): Promise<void> {
      steps.push(parts);
      await Promise.race([Promise.all(parts.map((part) => part.start())), stopRequest.promise]);
    },
    /** Waits until somebody asks the stack to stop. @throws StopRequested */
    run: (): Promise<never> => stopRequest.promise,
    requestStop: () => stopRequest.reject(new StopRequested()),
    async stop(): Promise<void> {
      for (const parts of steps.toReversed()) await Promise.all(parts.map((part) => part.stop()));
    },
  };
}

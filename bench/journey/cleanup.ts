/** Thrown in the middle of a run when the person at the terminal has stopped it. */
export class StoppedError extends Error {
  constructor() {
    super('stopped');
    this.name = 'StoppedError';
  }
}

type Undo = () => Promise<void> | void;

/**
 * What has to be undone at the end or at Ctrl-C, in the opposite order. Once it has begun, nothing new can be put up:
 * else a step that was under way could start a process that nobody stops.
 */
export class Cleanup {
  private readonly steps = new Set<{ undo: Undo }>();
  private running: Promise<void> | undefined;

  /**
   * Starts something and remembers how to end it.
   *
   * @param start must not wait between the check here and having started: give back a promise instead
   * @param undo must bear to be called for something that failed to start
   * @returns what was started, and an early undo
   * @throws StoppedError when the cleanup has begun
   */
  put<T>(
    start: () => T,
    undo: (started: T) => Promise<void> | void,
  ): { started: T; remove: () => Promise<void> } {
    if (this.running !== undefined) throw new StoppedError();
    const started = start();
    const step = { undo: () => undo(started) };
    this.steps.add(step);
    const remove = async () => {
      if (this.steps.delete(step)) await step.undo();
    };
    return { started, remove };
  }

  /** Undoes all that is left; a second call waits for the first. */
  run(): Promise<void> {
    this.running ??= this.undoAll();
    return this.running;
  }

  private async undoAll(): Promise<void> {
    const problems: unknown[] = [];
    for (const step of [...this.steps].reverse()) {
      this.steps.delete(step);
      try {
        await step.undo();
      } catch (error) {
        problems.push(error);
      }
    }
    if (problems.length > 0) throw problems[0];
  }
}

/** Takes down what was put up, in the opposite order, once, and whatever happens to the single steps. */
export class Cleanup {
  private readonly steps: { name: string; undo: () => Promise<void> | void }[] = [];
  private running: Promise<void> | undefined;

  /** @param undo must bear to be called when its subject is gone already */
  add(name: string, undo: () => Promise<void> | void): void {
    this.steps.push({ name, undo });
  }

  run(): Promise<void> {
    this.running ??= this.undoAll();
    return this.running;
  }

  private async undoAll(): Promise<void> {
    for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop()) {
      try {
        await step.undo();
      } catch (error) {
        console.error(`Cleaning up (${step.name}): ${(error as Error).message}`);
      }
    }
  }
}

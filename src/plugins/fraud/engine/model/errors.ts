/** A model file that cannot be used: what is wrong with it, for whoever gave it. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}

/** There is not enough to learn from. */
export class TooFewLabelsError extends Error {
  override readonly name = 'TooFewLabelsError';

  constructor(
    readonly known: { readonly good: number; readonly frauds: number },
    readonly needed: { readonly good: number; readonly frauds: number },
  ) {
    super(
      `A model needs ${needed.frauds} frauds and ${needed.good} good attempts to learn from: there are ${known.frauds} and ${known.good}.`,
    );
  }
}

/** It took longer than it may. */
export class TrainingTimeoutError extends Error {
  override readonly name = 'TrainingTimeoutError';
}

/** It was called off. */
export class TrainingCancelledError extends Error {
  override readonly name = 'TrainingCancelledError';
}

/** Thrown by an effect that has nothing to do; its ledger entry says so, with the reason. */
export class EffectNotNeededError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'EffectNotNeededError';
  }
}

/** Thrown by an effect that would fail in the same way every time: it is not tried again until staff ask for it. */
export class EffectRefusedError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'EffectRefusedError';
  }
}

/** Thrown by an effect that may have happened, and must not be tried again without knowing: its entry is `unknown`. */
export class EffectOutcomeUnknownError extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'EffectOutcomeUnknownError';
  }
}

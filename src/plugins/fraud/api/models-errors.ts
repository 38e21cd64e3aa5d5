import { ErrorResult } from '@vendure/core';
import type { LabelCounts } from '../services/models/samples.service';

/** The messages are keys of the translations; the API's interceptor puts the text in their place. */

export class FraudAttemptNotFoundError extends ErrorResult {
  override readonly __typename = 'FraudAttemptNotFoundError';
  override readonly errorCode = 'FRAUD_ATTEMPT_NOT_FOUND_ERROR';
  override readonly message = 'FRAUD_ATTEMPT_NOT_FOUND_ERROR';
}

export class FraudModelFileError extends ErrorResult {
  override readonly __typename = 'FraudModelFileError';
  override readonly errorCode = 'FRAUD_MODEL_FILE_ERROR';
  override readonly message = 'FRAUD_MODEL_FILE_ERROR';

  constructor(
    readonly problem: string,
    readonly unknownFeatures: readonly string[],
  ) {
    super();
  }
}

export class FraudModelNotFoundError extends ErrorResult {
  override readonly __typename = 'FraudModelNotFoundError';
  override readonly errorCode = 'FRAUD_MODEL_NOT_FOUND_ERROR';
  override readonly message = 'FRAUD_MODEL_NOT_FOUND_ERROR';
}

export class FraudModelInUseError extends ErrorResult {
  override readonly __typename = 'FraudModelInUseError';
  override readonly errorCode = 'FRAUD_MODEL_IN_USE_ERROR';
  override readonly message = 'FRAUD_MODEL_IN_USE_ERROR';
}

export class FraudModelUnusableError extends ErrorResult {
  override readonly __typename = 'FraudModelUnusableError';
  override readonly errorCode = 'FRAUD_MODEL_UNUSABLE_ERROR';
  override readonly message = 'FRAUD_MODEL_UNUSABLE_ERROR';

  constructor(readonly problem: string) {
    super();
  }
}

export class FraudModelNoEarlierError extends ErrorResult {
  override readonly __typename = 'FraudModelNoEarlierError';
  override readonly errorCode = 'FRAUD_MODEL_NO_EARLIER_ERROR';
  override readonly message = 'FRAUD_MODEL_NO_EARLIER_ERROR';
}

export class FraudTooFewLabelsError extends ErrorResult {
  override readonly __typename = 'FraudTooFewLabelsError';
  override readonly errorCode = 'FRAUD_TOO_FEW_LABELS_ERROR';
  override readonly message = 'FRAUD_TOO_FEW_LABELS_ERROR';
  readonly good: number;
  readonly frauds: number;
  readonly neededGood: number;
  readonly neededFrauds: number;

  constructor(known: LabelCounts, needed: LabelCounts) {
    super();
    this.good = known.good;
    this.frauds = known.frauds;
    this.neededGood = needed.good;
    this.neededFrauds = needed.frauds;
  }
}

export class FraudDriftRangeError extends ErrorResult {
  override readonly __typename = 'FraudDriftRangeError';
  override readonly errorCode = 'FRAUD_DRIFT_RANGE_ERROR';
  override readonly message = 'FRAUD_DRIFT_RANGE_ERROR';

  constructor(readonly problem: string) {
    super();
  }
}

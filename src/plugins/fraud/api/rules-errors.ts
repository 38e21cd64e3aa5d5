import { ErrorResult } from '@vendure/core';
import type { ProblemView } from '../services/rules/problem-words';

/** The messages are keys of the translations; the API's interceptor puts the text in their place. */

abstract class FraudProblemsError extends ErrorResult {
  /** For the message. */
  readonly count: number;

  constructor(readonly problems: readonly ProblemView[]) {
    super();
    this.count = problems.filter(({ severity }) => severity === 'error').length;
  }
}

export class FraudRulesInvalidError extends FraudProblemsError {
  override readonly __typename = 'FraudRulesInvalidError';
  override readonly errorCode = 'FRAUD_RULES_INVALID_ERROR';
  override readonly message = 'FRAUD_RULES_INVALID_ERROR';
}

export class FraudSettingsInvalidError extends FraudProblemsError {
  override readonly __typename = 'FraudSettingsInvalidError';
  override readonly errorCode = 'FRAUD_SETTINGS_INVALID_ERROR';
  override readonly message = 'FRAUD_SETTINGS_INVALID_ERROR';
}

export class FraudListInputError extends FraudProblemsError {
  override readonly __typename = 'FraudListInputError';
  override readonly errorCode = 'FRAUD_LIST_INPUT_ERROR';
  override readonly message = 'FRAUD_LIST_INPUT_ERROR';
}

export class FraudBacktestInputError extends FraudProblemsError {
  override readonly __typename = 'FraudBacktestInputError';
  override readonly errorCode = 'FRAUD_BACKTEST_INPUT_ERROR';
  override readonly message = 'FRAUD_BACKTEST_INPUT_ERROR';
}

export class FraudStaleError extends ErrorResult {
  override readonly __typename = 'FraudStaleError';
  override readonly errorCode = 'FRAUD_STALE_ERROR';
  override readonly message = 'FRAUD_STALE_ERROR';

  constructor(readonly currentVersion: number) {
    super();
  }
}

export class FraudVersionNotFoundError extends ErrorResult {
  override readonly __typename = 'FraudVersionNotFoundError';
  override readonly errorCode = 'FRAUD_VERSION_NOT_FOUND_ERROR';
  override readonly message = 'FRAUD_VERSION_NOT_FOUND_ERROR';

  constructor(readonly version: number) {
    super();
  }
}

export class FraudListNotFoundError extends ErrorResult {
  override readonly __typename = 'FraudListNotFoundError';
  override readonly errorCode = 'FRAUD_LIST_NOT_FOUND_ERROR';
  override readonly message = 'FRAUD_LIST_NOT_FOUND_ERROR';

  constructor(readonly list: string) {
    super();
  }
}

export class FraudListNameError extends ErrorResult {
  override readonly __typename = 'FraudListNameError';
  override readonly errorCode = 'FRAUD_LIST_NAME_ERROR';
  override readonly message = 'FRAUD_LIST_NAME_ERROR';

  constructor(readonly name: string) {
    super();
  }
}

export class FraudListTooLargeError extends ErrorResult {
  override readonly __typename = 'FraudListTooLargeError';
  override readonly errorCode = 'FRAUD_LIST_TOO_LARGE_ERROR';
  override readonly message = 'FRAUD_LIST_TOO_LARGE_ERROR';

  constructor(
    readonly max: number,
    readonly count: number,
  ) {
    super();
  }
}

export class FraudListInUseError extends ErrorResult {
  override readonly __typename = 'FraudListInUseError';
  override readonly errorCode = 'FRAUD_LIST_IN_USE_ERROR';
  override readonly message = 'FRAUD_LIST_IN_USE_ERROR';
  /** For the message. */
  readonly names: string;

  constructor(readonly rules: readonly string[]) {
    super();
    this.names = rules.join(', ') || '-';
  }
}

export class FraudBacktestBusyError extends ErrorResult {
  override readonly __typename = 'FraudBacktestBusyError';
  override readonly errorCode = 'FRAUD_BACKTEST_BUSY_ERROR';
  override readonly message = 'FRAUD_BACKTEST_BUSY_ERROR';

  constructor(readonly max: number) {
    super();
  }
}

import { ErrorResult, type ID } from '@vendure/core';
import type { CaseStatus, CaseVerdict } from '../rules/review';

/** The messages are keys of the translations; the API's interceptor puts the text in their place. */

/** Somebody else works on the case. */
export class FraudCaseTakenError extends ErrorResult {
  override readonly __typename = 'FraudCaseTakenError';
  override readonly errorCode = 'FRAUD_CASE_TAKEN_ERROR';
  override readonly message = 'FRAUD_CASE_TAKEN_ERROR';

  constructor(
    readonly assigneeId: ID,
    readonly assignedUntil: Date,
  ) {
    super();
  }
}

/** The case is decided, being decided or closed. */
export class FraudCaseEndedError extends ErrorResult {
  override readonly __typename = 'FraudCaseEndedError';
  override readonly errorCode = 'FRAUD_CASE_ENDED_ERROR';
  override readonly message = 'FRAUD_CASE_ENDED_ERROR';

  constructor(
    readonly status: CaseStatus,
    readonly verdict: CaseVerdict | null,
  ) {
    super();
  }
}

/** The decision could not be carried out. */
export class FraudCaseDecisionFailedError extends ErrorResult {
  override readonly __typename = 'FraudCaseDecisionFailedError';
  override readonly errorCode = 'FRAUD_CASE_DECISION_FAILED_ERROR';
  override readonly message = 'FRAUD_CASE_DECISION_FAILED_ERROR';

  constructor(
    readonly problem: string,
    readonly status: CaseStatus,
  ) {
    super();
  }
}

/** There is no such case in this channel. */
export class FraudCaseNotFoundError extends ErrorResult {
  override readonly __typename = 'FraudCaseNotFoundError';
  override readonly errorCode = 'FRAUD_CASE_NOT_FOUND_ERROR';
  override readonly message = 'FRAUD_CASE_NOT_FOUND_ERROR';
}

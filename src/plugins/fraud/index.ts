export { FraudPlugin } from './fraud.plugin';
export type * from './types';
export { FraudReviewGuard } from './strategies/fraud-review-guard';

export { FraudPlugin } from './fraud.plugin';
export { FraudRiskCheck } from './services/scoring/fraud-risk-check';
export { ScoringPersonalData } from './services/scoring/scoring-personal-data';
export * from './events/decision-events';
export type { FraudPluginOptions } from './options';
export type * from './types';
export { FraudReviewGuard } from './strategies/fraud-review-guard';

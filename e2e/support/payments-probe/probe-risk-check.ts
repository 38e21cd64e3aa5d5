import type { Order } from '@vendure/core';
import type { PaymentRiskCheck, RiskAssessment } from '../../../src/plugins/payments';

const has = ({ customer }: Order, word: string) => customer?.emailAddress.startsWith(word) === true;

/** Decides by how the shopper's mail address begins. */
export const probeRiskCheck: PaymentRiskCheck = {
  timeoutMs: 1_000,
  onFailure: 'review',

  assess: (_ctx, { order }): Promise<RiskAssessment> =>
    Promise.resolve({ score: has(order, 'risk-blocked') ? 0.81 : 0.1, decision: 'allow' }),

  reassess(_ctx, { order }): Promise<RiskAssessment> {
    if (has(order, 'risk-fails')) return Promise.reject(new Error('no answer'));
    if (has(order, 'risk-late')) return Promise.resolve({ score: 0.2, decision: 'block' });
    return Promise.resolve({ score: 0.2, decision: 'allow' });
  },
};

import { PluginCommonModule, VendurePlugin } from '@vendure/core';
import { DomainEventsPlugin } from '../domain-events';
import { PrivacyPlugin } from '../privacy';
import { FraudAttempt } from './entities/fraud-attempt.entity';
import { FraudCategory } from './entities/fraud-category.entity';
import { FraudDecision } from './entities/fraud-decision.entity';

/** Scores every attempt to pay, says why, and learns from what became of it. See README.md. */
@VendurePlugin({
  imports: [PluginCommonModule, PrivacyPlugin, DomainEventsPlugin],
  compatibility: '^3.7.0',
  entities: [FraudAttempt, FraudCategory, FraudDecision],
  providers: [],
})
export class FraudPlugin {}

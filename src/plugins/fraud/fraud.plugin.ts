import { PluginCommonModule, VendurePlugin, type Type } from '@vendure/core';
import { gql } from 'graphql-tag';
import { DomainEventsPlugin } from '../domain-events';
import { InventoryPlugin } from '../inventory';
import { MailPlugin } from '../mail';
import { OrderStateMachinePlugin } from '../order-state-machine';
import { PaymentsPlugin } from '../payments';
import { PrivacyPlugin } from '../privacy';
import { reviewAdminSchema } from './api/review.schema';
import { FRAUD_PLUGIN_OPTIONS } from './constants';
import { FraudAttempt } from './entities/fraud-attempt.entity';
import { FraudCategory } from './entities/fraud-category.entity';
import { FraudDecision } from './entities/fraud-decision.entity';
import { withDefaults, type FraudPluginOptions } from './options';
import { configureReview, REVIEW_ENTITIES, REVIEW_PROVIDERS, REVIEW_RESOLVERS } from './review.parts';
import { Clock } from './services/clock';

/** Scores every attempt to pay, says why, and learns from what became of it. See README.md. */
@VendurePlugin({
  imports: [
    PluginCommonModule,
    PrivacyPlugin,
    DomainEventsPlugin,
    MailPlugin,
    InventoryPlugin,
    OrderStateMachinePlugin,
    PaymentsPlugin,
  ],
  compatibility: '^3.7.0',
  entities: [FraudAttempt, FraudCategory, FraudDecision, ...REVIEW_ENTITIES],
  providers: [
    Clock,
    { provide: FRAUD_PLUGIN_OPTIONS, useFactory: () => FraudPlugin.options },
    ...REVIEW_PROVIDERS,
  ],
  adminApiExtensions: {
    schema: gql`
      ${reviewAdminSchema}
    `,
    resolvers: [...REVIEW_RESOLVERS],
  },
  configuration: config => configureReview(config),
})
export class FraudPlugin {
  static options: FraudPluginOptions = withDefaults({});

  static init(options: FraudPluginOptions = {}): Type<FraudPlugin> {
    FraudPlugin.options = withDefaults(options);
    return FraudPlugin;
  }
}

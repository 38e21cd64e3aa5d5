import type { OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { PluginCommonModule, ProcessContext, VendurePlugin, type Type } from '@vendure/core';
import { gql } from 'graphql-tag';
import { DomainEventsPlugin, EventRegistry } from '../domain-events';
import { InventoryPlugin } from '../inventory';
import { MailPlugin } from '../mail';
import { OrderStateMachinePlugin } from '../order-state-machine';
import { PaymentsPlugin } from '../payments';
import { PersonalDataRegistry, PrivacyPlugin } from '../privacy';
import { SecurityPlugin } from '../security';
import { driftAdminSchema } from './api/drift.schema';
import { labelsAdminSchema } from './api/labels.schema';
import { modelsAdminSchema } from './api/models.schema';
import { reviewAdminSchema } from './api/review.schema';
import { FRAUD_PLUGIN_OPTIONS } from './constants';
import { FraudAttempt } from './entities/fraud-attempt.entity';
import { FraudCategory } from './entities/fraud-category.entity';
import { FraudDecision } from './entities/fraud-decision.entity';
import { FraudDecisionMade } from './events/decision-events';
import { attemptStatusHandler } from './jobs/attempt-status.handler';
import { pruneFraudTask } from './jobs/prune.task';
import {
  configureLearning,
  LEARNING_ENTITIES,
  LEARNING_PROVIDERS,
  LEARNING_RESOLVERS,
} from './learning.parts';
import { withDefaults, type FraudPluginOptions } from './options';
import { configureReview, REVIEW_ENTITIES, REVIEW_PROVIDERS, REVIEW_RESOLVERS } from './review.parts';
import {
  configureRules,
  RULES_ENTITIES,
  RULES_PROVIDERS,
  RULES_RESOLVERS,
  rulesAndBacktestSchema,
} from './rules.parts';
import { Clock } from './services/clock';
import { LiveEngineService } from './services/live-engine.service';
import { AttemptHistoryService } from './services/scoring/attempt-history.service';
import { DecisionService } from './services/scoring/decision.service';
import { IpLocationService } from './services/scoring/ip-location.service';
import { PgHistoryStore } from './services/scoring/pg-history-store';
import { PreparedStatements } from './services/scoring/prepared-statements';
import { ScoringPersonalData } from './services/scoring/scoring-personal-data';
import { ScoringService } from './services/scoring/scoring.service';
import { SignalsService } from './services/scoring/signals.service';

/** Scores every attempt to pay, says why, and learns from what became of it. See README.md. */
@VendurePlugin({
  imports: [
    PluginCommonModule,
    PrivacyPlugin,
    DomainEventsPlugin,
    SecurityPlugin,
    MailPlugin,
    InventoryPlugin,
    OrderStateMachinePlugin,
    PaymentsPlugin,
  ],
  compatibility: '^3.7.0',
  entities: [
    FraudAttempt,
    FraudCategory,
    FraudDecision,
    ...LEARNING_ENTITIES,
    ...REVIEW_ENTITIES,
    ...RULES_ENTITIES,
  ],
  providers: [
    Clock,
    LiveEngineService,
    // Scoring of what is paid now.
    AttemptHistoryService,
    DecisionService,
    IpLocationService,
    PgHistoryStore,
    PreparedStatements,
    ScoringPersonalData,
    ScoringService,
    SignalsService,
    { provide: FRAUD_PLUGIN_OPTIONS, useFactory: () => FraudPlugin.options },
    ...LEARNING_PROVIDERS,
    ...REVIEW_PROVIDERS,
    ...RULES_PROVIDERS,
  ],
  exports: [ScoringPersonalData],
  adminApiExtensions: {
    schema: gql`
      ${driftAdminSchema}
      ${labelsAdminSchema}
      ${modelsAdminSchema}
      ${reviewAdminSchema}
      ${rulesAndBacktestSchema}
    `,
    resolvers: [...LEARNING_RESOLVERS, ...REVIEW_RESOLVERS, ...RULES_RESOLVERS],
  },
  configuration: config => {
    config.schedulerOptions.tasks.push(pruneFraudTask);
    configureLearning(config);
    configureReview(config);
    return configureRules(config);
  },
})
export class FraudPlugin implements OnModuleInit, OnApplicationBootstrap {
  static options: FraudPluginOptions = withDefaults({});

  constructor(
    private readonly events: EventRegistry,
    private readonly process: ProcessContext,
    private readonly attempts: AttemptHistoryService,
    private readonly locations: IpLocationService,
    private readonly personalData: PersonalDataRegistry,
    private readonly scoringData: ScoringPersonalData,
  ) {}

  static init(options: FraudPluginOptions = {}): Type<FraudPlugin> {
    FraudPlugin.options = withDefaults(options);
    return FraudPlugin;
  }

  onModuleInit(): void {
    this.events.registerEvents(FraudDecisionMade);
    this.events.registerHandlers(attemptStatusHandler(this.attempts));
    this.personalData.register(this.scoringData);
  }

  onApplicationBootstrap(): void {
    if (this.process.isServer) this.locations.warm();
  }
}

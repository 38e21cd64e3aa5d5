import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { I18nService, TransactionalConnection } from '@vendure/core';
import { EventRegistry } from '../../domain-events';
import { AttemptLedgerService } from '../../payments';
import { PersonalDataRegistry } from '../../privacy';
import { FraudDriftDetected } from '../events/drift-events';
import { labelAttemptsHandler } from '../jobs/label-attempts.handler';
import { learningTranslations } from '../learning-translations';
import { LabelPersonalData } from './labels/label-personal-data';
import { LabelService } from './labels/label.service';

/** Where labels, models and drift join the shop's other parts. */
@Injectable()
export class LearningSetup implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly events: EventRegistry,
    private readonly personalData: PersonalDataRegistry,
    private readonly labelData: LabelPersonalData,
    private readonly labels: LabelService,
    private readonly ledger: AttemptLedgerService,
    private readonly connection: TransactionalConnection,
    private readonly i18n: I18nService,
  ) {}

  onModuleInit(): void {
    this.events.registerEvents(FraudDriftDetected);
    this.events.registerHandlers(labelAttemptsHandler(this.labels, this.ledger, this.connection));
    this.personalData.register(this.labelData);
  }

  onApplicationBootstrap(): void {
    for (const [language, resources] of Object.entries(learningTranslations)) {
      this.i18n.addTranslation(language, resources);
    }
  }
}

import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { I18nService } from '@vendure/core';
import { EventRegistry } from '../../../domain-events';
import { PersonalDataRegistry } from '../../../privacy';
import { CASE_EVENTS } from '../../events/case-events';
import { FraudDecisionMade } from '../../events/decision-events';
import { dueNoticesHandlers } from '../../jobs/due-notices.handlers';
import { followPaymentsHandler } from '../../jobs/follow-payments.handler';
import { reviewTranslations } from '../../review-translations';
import { CaseFollower } from './case-follower';
import { CasePersonalData } from './case-personal-data';
import { DueNotices } from './due-notices';

/** Where the review queue joins the shop's other parts. */
@Injectable()
export class ReviewSetup implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly events: EventRegistry,
    private readonly follower: CaseFollower,
    private readonly notices: DueNotices,
    private readonly personalData: PersonalDataRegistry,
    private readonly caseData: CasePersonalData,
    private readonly i18n: I18nService,
  ) {}

  onModuleInit(): void {
    this.events.registerEvents(FraudDecisionMade, ...CASE_EVENTS);
    this.events.registerHandlers(followPaymentsHandler(this.follower), ...dueNoticesHandlers(this.notices));
    this.personalData.register(this.caseData);
  }

  onApplicationBootstrap(): void {
    for (const [language, resources] of Object.entries(reviewTranslations)) {
      this.i18n.addTranslation(language, resources);
    }
  }
}

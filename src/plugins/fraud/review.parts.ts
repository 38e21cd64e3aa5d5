import type { RuntimeVendureConfig } from '@vendure/core';
import {
  ChangeFraudCaseResultResolver,
  DecideFraudCaseResultResolver,
  FraudCaseEntryResolver,
  FraudCaseNoteResolver,
  FraudCaseResolver,
  FraudCaseTakenErrorResolver,
  FraudReviewResolver,
  OrderFraudCasesResolver,
} from './api/review.resolver';
import { FraudCaseEntry } from './entities/fraud-case-entry.entity';
import { FraudCaseNote } from './entities/fraud-case-note.entity';
import { FraudCase } from './entities/fraud-case.entity';
import { lookAtCasesTask } from './jobs/look-at-cases.task';
import { pruneCasesTask } from './jobs/prune-cases.task';
import { CaseDecisions } from './services/review/case-decisions.service';
import { CaseDetails } from './services/review/case-details';
import { CaseEndings } from './services/review/case-endings';
import { CaseFollower } from './services/review/case-follower';
import { CasePersonalData } from './services/review/case-personal-data';
import { CaseQueueService } from './services/review/case-queue.service';
import { CaseStore } from './services/review/case-store';
import { CaseWatch } from './services/review/case-watch';
import { reviewPermission } from './services/review/constants';
import { DueCases } from './services/review/due-cases';
import { DueNotices } from './services/review/due-notices';
import { LinkedOrders } from './services/review/linked-orders';
import { PaidOrders } from './services/review/paid-orders';
import { ReviewHolds } from './services/review/review-holds';
import { ReviewSetup } from './services/review/review-setup';
import { RuleNames } from './services/review/rule-names';

/** What the review queue is made of. */
export const REVIEW_ENTITIES = [FraudCase, FraudCaseNote, FraudCaseEntry];

export const REVIEW_PROVIDERS = [
  CaseDecisions,
  CaseDetails,
  CaseEndings,
  CaseFollower,
  CasePersonalData,
  CaseQueueService,
  CaseStore,
  CaseWatch,
  DueCases,
  DueNotices,
  LinkedOrders,
  PaidOrders,
  ReviewHolds,
  ReviewSetup,
  RuleNames,
];

export const REVIEW_RESOLVERS = [
  FraudReviewResolver,
  FraudCaseResolver,
  FraudCaseNoteResolver,
  FraudCaseEntryResolver,
  FraudCaseTakenErrorResolver,
  OrderFraudCasesResolver,
  ChangeFraudCaseResultResolver,
  DecideFraudCaseResultResolver,
];

/** Where the queue joins the platform. */
export function configureReview(config: RuntimeVendureConfig): RuntimeVendureConfig {
  config.schedulerOptions.tasks.push(lookAtCasesTask, pruneCasesTask);
  config.authOptions.customPermissions.push(reviewPermission);
  return config;
}

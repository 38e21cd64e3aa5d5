import type { Provider } from '@nestjs/common';
import type { RuntimeVendureConfig } from '@vendure/core';
import { OrderDocumentResolver, OrderDocumentsResolver } from './api/order-documents.resolver';
import { OrderDocumentsController } from './api/order-documents.controller';
import { orderDocumentsSchema } from './api/order-documents.schema';
import { OrderDocument } from './entities/order-document.entity';
import { documentRetentionTask } from './jobs/document-retention.task';
import { orderLanguageField, orderLanguageProcess } from './mails/order-language.process';
import { OrderDocumentPersonalData } from './services/documents/order-document-personal-data';
import { OrderDocumentService } from './services/documents/order-document.service';
import { OUTSIDE_EFFECTS } from './services/effects';
import { CustomerMailService } from './services/mails/customer-mail.service';
import { OUTSIDE_CLOCK } from './tokens';

/**
 * Everything of this plugin that reaches outside the database, for `order-state-machine.plugin.ts` to take in. Besides it
 * binds OUTSIDE_OPTIONS, SHIPPING_CARRIER, WAREHOUSE_NOTIFIER and PICK_LIST_SOURCE, and registers
 * OrderDocumentPersonalData with privacy; it imports MailPlugin and PrivacyPlugin.
 */
export const outside = {
  entities: [OrderDocument],
  controllers: [OrderDocumentsController],
  adminSchema: orderDocumentsSchema,
  adminResolvers: [OrderDocumentsResolver, OrderDocumentResolver],
  providers: [
    OrderDocumentService,
    OrderDocumentPersonalData,
    CustomerMailService,
    ...OUTSIDE_EFFECTS,
    { provide: OUTSIDE_CLOCK, useValue: () => new Date() },
  ] as Provider[],
  configure(config: RuntimeVendureConfig): void {
    config.customFields.Order.push(orderLanguageField);
    config.orderOptions.process.push(orderLanguageProcess);
    config.schedulerOptions.tasks.push(documentRetentionTask);
  },
};

import { LanguageCode, type RuntimeVendureConfig } from '@vendure/core';
import { documentRetentionTask } from './jobs/document-retention.task';
import { dueEffectsTask } from './jobs/due-effects.task';
import { orderLanguageField, orderLanguageProcess } from './mails/order-language.process';
import type { ResolvedOptions } from './rules/options';
import { lifecycleFulfillmentProcess } from './strategies/lifecycle-fulfillment.process';
import { lifecycleOrderProcess } from './strategies/lifecycle-order.process';
import { parcelFulfillmentHandler } from './strategies/parcel-fulfillment-handler';

const label = (value: string) => [{ languageCode: LanguageCode.en, value }];

/** Where the plugin joins the platform. */
export function configureLifecycle(
  config: RuntimeVendureConfig,
  { lifecycle }: ResolvedOptions,
): RuntimeVendureConfig {
  const { orderOptions, shippingOptions, schedulerOptions, customFields } = config;
  orderOptions.process.push(orderLanguageProcess, lifecycleOrderProcess(lifecycle));
  shippingOptions.process = [...(shippingOptions.process ?? []), lifecycleFulfillmentProcess];
  shippingOptions.fulfillmentHandlers?.push(parcelFulfillmentHandler);
  schedulerOptions.tasks.push(dueEffectsTask, documentRetentionTask);
  customFields.Order.push(
    {
      name: 'lifecycleStatus',
      type: 'string',
      length: 32,
      nullable: true,
      // The API has it as a field of the order's own, and staff filter orders by that.
      internal: true,
    },
    orderLanguageField,
  );
  customFields.Fulfillment.push(
    { name: 'deliveredAt', type: 'datetime', nullable: true, readonly: true, label: label('Delivered at') },
    { name: 'stockLocationId', type: 'string', length: 64, nullable: true, internal: true },
  );
  customFields.Channel.push({
    name: 'fulfillmentStart',
    type: 'string',
    length: 16,
    nullable: true,
    public: false,
    options: [
      { value: 'automatic', label: label('As soon as it is paid and nobody holds it back') },
      { value: 'manual', label: label('By staff') },
    ],
    label: label('How the preparation of paid orders starts'),
    description: label('Empty for automatic.'),
  });
  return config;
}

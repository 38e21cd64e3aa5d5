import { CreateShippingLabelEffect } from './create-shipping-label.effect';
import { GeneratePackingListEffect } from './generate-packing-list.effect';
import { NotifyWarehouseEffect } from './notify-warehouse.effect';
import { RequestFeedbackEffect } from './request-feedback.effect';
import { SendConfirmationEmailEffect } from './send-confirmation-email.effect';
import { SendDeliveryNotificationEffect } from './send-delivery-notification.effect';
import { SendShippingNotificationEffect } from './send-shipping-notification.effect';

/** The effects that reach outside the database. Each needs the providers of `outside`. */
export const OUTSIDE_EFFECTS = [
  SendConfirmationEmailEffect,
  NotifyWarehouseEffect,
  CreateShippingLabelEffect,
  GeneratePackingListEffect,
  SendShippingNotificationEffect,
  SendDeliveryNotificationEffect,
  RequestFeedbackEffect,
] as const;

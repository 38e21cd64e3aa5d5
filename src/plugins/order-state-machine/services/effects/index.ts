import { CreatePaymentIntentEffect } from './create-payment-intent.effect';
import { CreateShippingLabelEffect } from './create-shipping-label.effect';
import { GeneratePackingListEffect } from './generate-packing-list.effect';
import { NotifyWarehouseEffect } from './notify-warehouse.effect';
import { RequestFeedbackEffect } from './request-feedback.effect';
import { SendConfirmationEmailEffect } from './send-confirmation-email.effect';
import { SendDeliveryNotificationEffect } from './send-delivery-notification.effect';
import { SendShippingNotificationEffect } from './send-shipping-notification.effect';
import { UpdateTrackingInfoEffect } from './update-tracking-info.effect';

/** Every effect that the table may name. */
export const EFFECTS = [
  CreatePaymentIntentEffect,
  SendConfirmationEmailEffect,
  NotifyWarehouseEffect,
  CreateShippingLabelEffect,
  GeneratePackingListEffect,
  UpdateTrackingInfoEffect,
  SendShippingNotificationEffect,
  SendDeliveryNotificationEffect,
  RequestFeedbackEffect,
];

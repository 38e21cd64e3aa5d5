import { EntityHydrator, OrderStateTransitionEvent } from '@vendure/core';
import {
  EmailEventListener,
  shippingLinesWithMethod,
  transformOrderLineAssetUrls,
} from '@vendure/email-plugin';

/**
 * Confirms an order when it is placed. The platform's own handler waits for the money: somebody whose card is only
 * authorized would hear nothing until the goods are sent.
 */
export const orderConfirmationHandler = new EmailEventListener('order-confirmation')
  .on(OrderStateTransitionEvent)
  // From the checkout only: the capture of an authorized payment or a change by staff places no order.
  .filter(
    ({ fromState, toState, order }) =>
      fromState === 'ArrangingPayment' &&
      (toState === 'PaymentAuthorized' || toState === 'PaymentSettled') &&
      order.customer !== undefined,
  )
  .loadData(async ({ event, injector }) => {
    await injector.get(EntityHydrator).hydrate(event.ctx, event.order, {
      relations: ['lines.featuredAsset', 'shippingLines.shippingMethod'],
    });
    transformOrderLineAssetUrls(event.ctx, event.order, injector);
    return { shippingLines: shippingLinesWithMethod(event.order) };
  })
  .setRecipient(({ order }) => order.customer?.emailAddress ?? '')
  .setFrom('{{ fromAddress }}')
  .setSubject('Order confirmation for #{{ order.code }}')
  .setTemplateVars(({ order, data }) => ({ order, shippingLines: data.shippingLines }));

import { Injectable } from '@nestjs/common';
import type { Order, RequestContext } from '@vendure/core';
import { EffectNotNeededError } from '../../errors';
import type { EffectResult, EffectRun, OrderEffect } from '../../types';
import { CustomerMailService } from '../mails/customer-mail.service';

/** Tells what is on its way, under which number, and what is still to come. */
@Injectable()
export class SendShippingNotificationEffect implements OrderEffect {
  readonly code = 'send_shipping_notification';
  readonly repeatable = false;
  readonly per = 'fulfillment';
  // Whoever was told that an order comes is told once that it is cancelled.
  readonly takenBackBy = 'send_confirmation_email';
  // The number is in the mail.
  readonly after = ['update_tracking_info'];

  constructor(private readonly mails: CustomerMailService) {}

  async run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    if (!order.fulfillments.some(({ state }) => state === 'Shipped' || state === 'Delivered')) {
      throw new EffectNotNeededError('Nothing of the order is on its way.');
    }
    return this.mails.send(ctx, order, run, {
      template: 'order-shipped',
      subject: (texts, code) => texts.shipped.subject(code),
    });
  }
}

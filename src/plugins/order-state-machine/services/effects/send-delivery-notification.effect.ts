import { Injectable } from '@nestjs/common';
import type { Order, RequestContext } from '@vendure/core';
import { EffectNotNeededError } from '../../errors';
import type { EffectResult, EffectRun, OrderEffect } from '../../types';
import { CustomerMailService } from '../mails/customer-mail.service';
import { hasEnded } from './order-ended';

/** Tells that the order has arrived. */
@Injectable()
export class SendDeliveryNotificationEffect implements OrderEffect {
  readonly code = 'send_delivery_notification';
  readonly repeatable = false;
  readonly once = true;
  // Whoever was told that an order comes is told once that it is cancelled.
  readonly takenBackBy = 'send_confirmation_email';

  constructor(private readonly mails: CustomerMailService) {}

  async run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    if (hasEnded(order)) throw new EffectNotNeededError('The order has ended meanwhile.');
    return this.mails.send(ctx, order, run, {
      template: 'order-delivered',
      subject: (texts, code) => texts.delivered.subject(code),
    });
  }
}

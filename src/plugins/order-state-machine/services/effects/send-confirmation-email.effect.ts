import { Injectable } from '@nestjs/common';
import type { Order, RequestContext } from '@vendure/core';
import { EffectNotNeededError } from '../../errors';
import type { EffectResult, EffectRun, OrderEffect } from '../../types';
import { CustomerMailService } from '../mails/customer-mail.service';
import { hasEnded } from './order-ended';

/** Confirms an order when it is placed, whether its money is here already or only authorized. */
@Injectable()
export class SendConfirmationEmailEffect implements OrderEffect {
  readonly code = 'send_confirmation_email';
  readonly repeatable = false;
  readonly once = true;

  constructor(private readonly mails: CustomerMailService) {}

  async run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    if (hasEnded(order)) throw new EffectNotNeededError('The order has ended already.');
    return this.mails.send(ctx, order, run, {
      template: 'order-confirmed',
      subject: (texts, code) => texts.confirmed.subject(code),
    });
  }

  /** Whoever was told that the goods come is told that they do not. */
  compensate(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    return this.mails.send(ctx, order, run, {
      template: 'order-cancelled',
      subject: (texts, code) => texts.cancelled.subject(code),
      part: 'cancelled',
    });
  }
}

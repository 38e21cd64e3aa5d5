import { Inject, Injectable } from '@nestjs/common';
import type { Order, RequestContext } from '@vendure/core';
import { EffectNotNeededError } from '../../errors';
import { ORDER_STATE_MACHINE_PLUGIN_OPTIONS } from '../../constants';
import type { ResolvedOptions } from '../../rules/options';
import type { EffectResult, EffectRun, OrderEffect } from '../../types';
import { CustomerMailService } from '../mails/customer-mail.service';
import { hasEnded } from './order-ended';

const DAY_MS = 86_400_000;

/** Some days after the delivery: asks how the goods are, unless they went back meanwhile. */
@Injectable()
export class RequestFeedbackEffect implements OrderEffect {
  readonly code = 'request_feedback';
  readonly repeatable = false;
  readonly once = true;
  // Whoever was told that an order comes is told once that it is cancelled.
  readonly takenBackBy = 'send_confirmation_email';

  constructor(
    private readonly mails: CustomerMailService,
    @Inject(ORDER_STATE_MACHINE_PLUGIN_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  delayMs(): number {
    return this.options.feedbackAfterDays * DAY_MS;
  }

  async run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    if (hasEnded(order)) throw new EffectNotNeededError('The goods went back, or never arrived.');
    return this.mails.send(ctx, order, run, {
      template: 'order-feedback',
      subject: (texts, code) => texts.feedback.subject(code),
    });
  }
}
